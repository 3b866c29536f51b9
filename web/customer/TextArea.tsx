import { useId } from 'preact/hooks';
import '../ui/field.css';
import './text-area.css';

interface TextAreaProps {
  label: string;
  value: string;
  onText: (text: string) => void;
  rows?: number;
  /** One line instead of several. */
  line?: boolean;
  maxLength?: number;
  hint?: string | undefined;
  /** What is wrong with the value, in words. */
  problem?: string | undefined;
}

/** A text that is written here: a line or several. */
export function TextArea({ label, value, onText, rows = 5, line, maxLength, hint, problem }: TextAreaProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const given = {
    ...{ id, value, maxLength, dir: 'auto' as const, required: true },
    'aria-invalid': problem ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {line ? (
        <input {...given} autocomplete="off" onInput={(event) => onText(event.currentTarget.value)} />
      ) : (
        <textarea {...given} class="text-area" rows={rows} onInput={(event) => onText(event.currentTarget.value)} />
      )}
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
