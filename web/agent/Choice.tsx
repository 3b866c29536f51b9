import type { ComponentChildren } from 'preact';
import './choice.css';

interface ChoiceProps {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  /** Options. */
  children: ComponentChildren;
  /** Why nothing else can be chosen. */
  why?: string | undefined;
}

/** One of a few, under its name. */
export function Choice({ label, value, onChoose, children, why }: ChoiceProps) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        class="select"
        value={value}
        disabled={why !== undefined}
        title={why}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {children}
      </select>
    </label>
  );
}
