import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import './sign-in.css';

/** Why nobody was let in. */
interface Wrong {
  say: string;
  /** Login and password are right. */
  needsCode: boolean;
}

interface SignInProps {
  /** Why one is here again, when one was signed in before. */
  reason?: string | undefined;
  login?: string | undefined;
  /** Answers with what is wrong, if anything. */
  onSignIn: (login: string, password: string, code?: string) => Promise<Wrong | undefined>;
  onForgotten: () => void;
}

/** Login and password, and then the code of the second factor where there is one. */
export function SignIn({ reason, login: known, onSignIn, onForgotten }: SignInProps) {
  const [proven, setProven] = useState<{ login: string; password: string }>();

  async function enter(login: string, password: string): Promise<string | undefined> {
    const wrong = await onSignIn(login, password);
    if (wrong?.needsCode) setProven({ login, password });
    return wrong?.needsCode ? undefined : wrong?.say;
  }

  if (proven) {
    return (
      <Step
        key="code"
        text={t('customer-code-text')}
        onEnter={async ({ code = '' }) => (await onSignIn(proven.login, proven.password, code))?.say}
        below={
          <Button kind="quiet" onClick={() => setProven(undefined)}>
            {t('customer-code-back')}
          </Button>
        }
      >
        <Field
          name="code"
          label={t('customer-code')}
          hint={t('customer-code-hint')}
          autocomplete="one-time-code"
          maxLength={64}
          autofocus
        />
      </Step>
    );
  }
  return (
    <Step
      key="password"
      text={reason ?? t('customer-sign-in-text')}
      onEnter={({ login = '', password = '' }) => enter(login, password)}
      below={
        <Button kind="link" onClick={onForgotten}>
          {t('customer-forgotten')}
        </Button>
      }
    >
      <Field name="login" label={t('customer-login')} autocomplete="username" defaultValue={known} autofocus={!known} />
      <Field
        name="password"
        label={t('customer-password')}
        type="password"
        autocomplete="current-password"
        autofocus={known !== undefined}
      />
    </Step>
  );
}

interface StepProps {
  text: string;
  children: ComponentChildren;
  below: ComponentChildren;
  onEnter: (fields: Record<string, string>) => Promise<string | undefined>;
}

function Step({ text, children, below, onEnter }: StepProps) {
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

  return (
    <main class="sign-in">
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void enter(event.currentTarget);
        }}
      >
        <h1>{t('customer-title')}</h1>
        <p class="sign-in-text">{text}</p>
        {children}
        <p class="field-problem" role="alert">
          {problem}
        </p>
        <Button type="submit" kind="primary" busy={busy}>
          {t('customer-sign-in')}
        </Button>
        {below}
      </form>
    </main>
  );
}
