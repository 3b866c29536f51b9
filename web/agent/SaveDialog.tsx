import type { ComponentChildren } from 'preact';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

interface SaveDialogProps {
  title: string;
  busy: boolean;
  /** What went wrong, below the fields. */
  problem: string | undefined;
  onSave: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** Fields that are saved together, or not at all. */
export function SaveDialog({ title, busy, problem, onSave, onClose, children }: SaveDialogProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={onSave}>
            {t('agent-save')}
          </Button>
        </>
      }
    >
      {children}
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
