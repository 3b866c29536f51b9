import { t } from '../../core/i18n.ts';
import { Dialog } from '../../ui/Dialog.tsx';

interface PasswordToldProps {
  title: string;
  name: string;
  password: string;
  onClose: () => void;
}

/** A new password, shown this once. */
export function PasswordTold({ title, name, password, onClose }: PasswordToldProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div role="status" class="admin-password">
        <p>{t('admin-password-told', { name })}</p>
        <output translate={false}>{password}</output>
        <p>{t('admin-password-pass-on')}</p>
      </div>
    </Dialog>
  );
}
