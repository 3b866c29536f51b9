import { useId } from 'preact/hooks';
import './field.css';

interface FieldProps {
  label: string;
  name: string;
  type?: 'text' | 'password';
  autocomplete?: string;
  maxLength?: number;
  autofocus?: boolean;
  inputMode?: 'numeric';
  /** What stands in it at first. */
  defaultValue?: string | undefined;
  hint?: string | undefined;
  /** What is wrong with the value, in words. */
  problem?: string | undefined;
}

export function Field({ label, hint, problem, ...rest }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...(rest as { type: 'password' })}
        id={id}
        required
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
