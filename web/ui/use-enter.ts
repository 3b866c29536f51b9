import { useEffect, useRef, useState } from 'preact/hooks';

/** A form that is entered as a whole: its fields by name, and what is wrong with them, if anything. */
export function useEnter(onEnter: (fields: Record<string, string>) => Promise<string | undefined>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  // The browser sees to the attribute once in the life of a page.
  useEffect(() => form.current?.querySelector<HTMLElement>('[autofocus]')?.focus(), []);

  async function enter(form: HTMLFormElement) {
    setBusy(true);
    setProblem(undefined);
    const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    setProblem(await onEnter(fields));
    setBusy(false);
  }

  function onSubmit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    if (!busy) void enter(event.currentTarget);
  }
  return { form, busy, problem, onSubmit };
}

/** Why nobody was let in. */
export interface Wrong {
  say: string;
  /** Login and password are right. */
  needsCode: boolean;
}

/** Answers with what is wrong, if anything. */
export type SignIn = (login: string, password: string, code?: string) => Promise<Wrong | undefined>;

/** Login and password, and then the code of the second factor where there is one. */
export function useSignIn(onSignIn: SignIn) {
  const [proven, setProven] = useState<{ login: string; password: string }>();

  async function enter({ login = '', password = '' }: Record<string, string>): Promise<string | undefined> {
    const wrong = await onSignIn(login, password);
    if (wrong?.needsCode) setProven({ login, password });
    return wrong?.needsCode ? undefined : wrong?.say;
  }

  const enterCode = proven && {
    enter: async ({ code = '' }: Record<string, string>) => (await onSignIn(proven.login, proven.password, code))?.say,
    back: () => setProven(undefined),
  };
  return { enter, enterCode };
}
