import { useId } from 'preact/hooks';
import './field.css';

interface FieldProps {
  label: string;
  name: string;
  type?: 'text' | 'password';
  autocomplete?: string;
  maxLength?: number;
  autofocus?: boolean;
  hint?: string | undefined;
  /** What is wrong with the value, in words. */
  problem?: string | undefined;
}

export function Field({ label, name, type = 'text', autocomplete, maxLength, autofocus, hint, problem }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...(type === 'password' ? { type } : { type })}
        id={id}
        name={name}
        required
        autocomplete={autocomplete}
        maxLength={maxLength}
        autofocus={autofocus}
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
