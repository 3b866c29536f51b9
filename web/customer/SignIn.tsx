import { useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import './sign-in.css';

interface SignInProps {
  /** Why one is here again, when one was signed in before. */
  reason?: string | undefined;
  /** Answers with what is wrong, if anything. */
  onSignIn: (login: string, password: string) => Promise<string | undefined>;
}

export function SignIn({ reason, onSignIn }: SignInProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function enter(form: HTMLFormElement) {
    setBusy(true);
    setProblem(undefined);
    const fields = new FormData(form);
    setProblem(await onSignIn(String(fields.get('login')), String(fields.get('password'))));
    setBusy(false);
  }

  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void enter(event.currentTarget);
        }}
      >
        <h1>{t('customer-title')}</h1>
        <p class="sign-in-text">{reason ?? t('customer-sign-in-text')}</p>
        <Field name="login" label={t('customer-login')} autocomplete="username" autofocus />
        <Field name="password" label={t('customer-password')} type="password" autocomplete="current-password" />
        <p class="field-problem" role="alert">
          {problem}
        </p>
        <Button type="submit" kind="primary" busy={busy}>
          {t('customer-sign-in')}
        </Button>
      </form>
    </main>
  );
}
