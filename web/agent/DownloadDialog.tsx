import { useId, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import type { TranscriptForm } from '../core/transcript.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useSave } from './use-save.ts';
import '../ui/field.css';
import './invite-dialog.css';

interface DownloadDialogProps {
  /** Answers with what went wrong, if anything. */
  onDownload: (form: TranscriptForm) => Promise<string | undefined>;
  onClose: () => void;
}

const forms: readonly TranscriptForm[] = ['pdf', 'html', 'text', 'json'];

/** Takes a chat away as a file, in one of several forms. */
export function DownloadDialog({ onDownload, onClose }: DownloadDialogProps) {
  const id = useId();
  const [form, setForm] = useState<TranscriptForm>('pdf');
  const { busy, problem, save } = useSave(onClose);
  return (
    <Dialog
      title={t('agent-download-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void save(onDownload(form))}>
            {t('agent-download')}
          </Button>
        </>
      }
    >
      <fieldset class="invite-people">
        <legend class="quiet">{t('agent-download-as')}</legend>
        {forms.map((is) => (
          <label key={is}>
            <input
              type="radio"
              name={`${id}-form`}
              autofocus={is === form}
              checked={is === form}
              onChange={() => setForm(is)}
            />
            <span>
              {t('agent-download-form', { is })}
              <small>{t('agent-download-form-hint', { is })}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="field-hint">{t('agent-download-hint')}</p>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
