import Eraser from 'lucide/dist/esm/icons/eraser.mjs';
import { t } from '../core/i18n.ts';
import { IconButton } from '../ui/IconButton.tsx';
import './redact-button.css';

/** Beside a message or note whose text may be taken away. */
export function RedactButton({ onClick }: { onClick: () => void }) {
  return (
    <div class="redact">
      <IconButton label={t('agent-redact')} icon={Eraser} opens="dialog" onClick={onClick} />
    </div>
  );
}
