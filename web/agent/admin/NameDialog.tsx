import { useId, useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useSave } from '../use-save.ts';
import { problemOf } from '../work.ts';

interface NameDialogProps {
  title: string;
  onSave: (name: string) => Promise<unknown>;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** Something new that has only a name. */
export function NameDialog({ title, onSave, onChanged, onClose }: NameDialogProps) {
  const [name, setName] = useState('');
  const { busy, problem, setProblem, save } = useSave(onClose);
  const id = useId();

  async function submit(): Promise<string | undefined> {
    try {
      await onSave(name);
      await onChanged();
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }
  const trySave = () => (name.trim() === '' ? setProblem(t('admin-needs-name')) : void save(submit()));

  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('admin-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={trySave}>
            {t('admin-save')}
          </Button>
        </>
      }
    >
      <div class="admin-form">
        <label for={id}>{t('admin-name')}</label>
        <input
          id={id}
          maxLength={200}
          autocomplete="off"
          value={name}
          onInput={(event) => {
            setProblem(undefined);
            setName(event.currentTarget.value);
          }}
        />
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
