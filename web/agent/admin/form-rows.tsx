import { useId } from 'preact/hooks';

interface TextRowProps {
  inputMode?: 'numeric' | 'email';
  /** The id of a `datalist`. */
  list?: string;
  placeholder?: string;
  label: string;
  value: string;
  maxLength: number;
  onText: (text: string) => void;
  hint?: string | undefined;
  /** Its value is no word of ours. */
  verbatim?: boolean;
}

/** A line of text in a form of the administration. */
export function TextRow({ label, value, onText, hint, verbatim, list, ...rest }: TextRowProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <input
        {...rest}
        type="text"
        {...(list === undefined ? {} : { list })}
        id={id}
        autocomplete="off"
        autocapitalize={verbatim ? 'off' : undefined}
        spellcheck={verbatim ? false : undefined}
        translate={verbatim ? false : undefined}
        aria-describedby={hint && `${id}-hint`}
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </>
  );
}

interface ChoiceRowProps {
  label: string;
  value: string;
  /** Names of things, which are not translated. */
  choices: readonly string[];
  /** What stands for none, if there may be none. */
  none?: string;
  /** How a choice is called, where it is not by its own name. */
  called?: (choice: string) => string;
  onChoice: (choice: string) => void;
}

export function ChoiceRow({ label, value, choices, none, called, onChoice }: ChoiceRowProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChoice(event.currentTarget.value)}>
        {none !== undefined && (
          <option value="" selected={value === ''}>
            {none}
          </option>
        )}
        {choices.map((choice) => (
          <option key={choice} value={choice} selected={choice === value} translate={false}>
            {called?.(choice) ?? choice}
          </option>
        ))}
      </select>
    </>
  );
}

interface TickRowProps {
  label: string;
  checked: boolean;
  onTick: (checked: boolean) => void;
}

export function TickRow({ label, checked, onTick }: TickRowProps) {
  return (
    <label>
      <input type="checkbox" checked={checked} onChange={(event) => onTick(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
