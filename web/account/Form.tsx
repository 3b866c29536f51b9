import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/Button.tsx';

interface FormProps {
  action: string;
  busy: boolean;
  problem: string | undefined;
  /** Beside the button that sends it. */
  beside?: ComponentChildren;
  kind?: 'primary' | 'danger';
  children: ComponentChildren;
  /** Takes the fields by their names. */
  onSend: (fields: Record<string, string>, form: HTMLFormElement) => void;
}

/** Fields with what went wrong below them, and a button. */
export function Form({ action, busy, problem, beside, kind = 'primary', children, onSend }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  // The browser sees to the attribute once in the life of a page.
  useEffect(() => form.current?.querySelector<HTMLElement>('[autofocus]')?.focus(), []);
  return (
    <form
      ref={form}
      class="account-form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        onSend(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])), form);
      }}
    >
      {children}
      <p class="field-problem" role="alert">
        {problem}
      </p>
      <p class="account-ways">
        <Button type="submit" kind={kind} busy={busy}>
          {action}
        </Button>
        {beside}
      </p>
    </form>
  );
}
