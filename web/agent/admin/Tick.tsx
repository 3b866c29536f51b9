import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';

interface TickProps {
  checked: boolean;
  /** What it is for, where nothing stands beside it. */
  label?: string;
  children?: ComponentChildren;
  /** Makes it so; resolves when `checked` says what became of it. */
  onSet: (checked: boolean) => Promise<void>;
}

/** A box that acts at once: it shows what was wanted until it is known what became of it. */
export function Tick({ checked, label, children, onSet }: TickProps) {
  const [wanted, setWanted] = useState<boolean>();
  const id = useId();

  async function set(to: boolean) {
    setWanted(to);
    await onSet(to);
    setWanted(undefined);
  }

  const box = (
    <input
      id={id}
      type="checkbox"
      aria-label={label}
      checked={wanted ?? checked}
      onChange={(event) => void set(event.currentTarget.checked)}
    />
  );
  if (!children) return box;
  return (
    <label for={id}>
      {box}
      {children}
    </label>
  );
}
