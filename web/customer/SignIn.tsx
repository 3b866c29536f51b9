import type { ComponentChildren } from 'preact';
import { t } from '../core/i18n.ts';
import { serviceName } from '../core/look.ts';
import { Brand } from '../ui/Brand.tsx';
import { Button } from '../ui/Button.tsx';
import { CodeField, LoginFields } from '../ui/SignInFields.tsx';
import { type SignIn as TrySignIn, useEnter, useSignIn } from '../ui/use-enter.ts';
import './sign-in.css';

interface SignInProps {
  /** Why one is here again, when one was signed in before. */
  reason?: string | undefined;
  login?: string | undefined;
  onSignIn: TrySignIn;
  onForgotten: () => void;
}

/** Login and password, and then the code of the second factor where there is one. */
export function SignIn({ reason, login: known, onSignIn, onForgotten }: SignInProps) {
  const { enter, enterCode } = useSignIn(onSignIn);
  if (enterCode) {
    return (
      <Step
        key="code"
        text={t('customer-code-text')}
        onEnter={enterCode.enter}
        below={
          <Button kind="quiet" onClick={enterCode.back}>
            {t('customer-code-back')}
          </Button>
        }
      >
        <CodeField of="customer" />
      </Step>
    );
  }
  return (
    <Step
      key="password"
      text={reason ?? t('customer-sign-in-text')}
      onEnter={enter}
      below={
        <Button kind="link" onClick={onForgotten}>
          {t('customer-forgotten')}
        </Button>
      }
    >
      <LoginFields of="customer" login={known} />
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
  const { form, busy, problem, onSubmit } = useEnter(onEnter);
  return (
    <main class="sign-in">
      <form ref={form} onSubmit={onSubmit}>
        <Brand />
        <h1>{serviceName() ?? t('customer-title')}</h1>
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
