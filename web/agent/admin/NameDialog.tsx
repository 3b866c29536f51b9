import { useId, useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { SaveDialog } from '../SaveDialog.tsx';
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
    <SaveDialog title={title} busy={busy} problem={problem} onSave={trySave} onClose={onClose}>
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
      </div>
    </SaveDialog>
  );
}
