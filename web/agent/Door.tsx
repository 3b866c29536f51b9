import type { ComponentChildren } from 'preact';
import { t } from '../core/i18n.ts';
import { logo, serviceName } from '../core/look.ts';
import { Brand } from '../ui/Brand.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { CodeField, LoginFields } from '../ui/SignInFields.tsx';
import { type SignIn as TrySignIn, useEnter, useSignIn } from '../ui/use-enter.ts';
import { Mark } from './Mark.tsx';
import './door.css';

interface DoorProps {
  title: string;
  text?: string;
  action: string;
  children: ComponentChildren;
  below?: ComponentChildren;
  /** Answers with what is wrong, if anything. */
  onEnter: (fields: Record<string, string>) => Promise<string | undefined>;
}

/** The page before the desk: sign in, or set up. */
function Door({ title, text, action, children, below, onEnter }: DoorProps) {
  const { form, busy, problem, onSubmit } = useEnter(onEnter);
  return (
    <main class="door">
      <form ref={form} class="card door-card" onSubmit={onSubmit}>
        <div class="door-head">
          {logo() ? <Brand /> : <Mark />}
          <h1>{title}</h1>
        </div>
        {text && <p class="door-text">{text}</p>}
        {children}
        <p class="field-problem" role="alert">
          {problem}
        </p>
        <Button type="submit" kind="primary" busy={busy}>
          {action}
        </Button>
        {below}
      </form>
    </main>
  );
}

interface SignInPageProps {
  /** Why one is here again, when one was signed in before. */
  reason?: string | undefined;
  login?: string | undefined;
  onSignIn: TrySignIn;
  onForgotten: () => void;
}

/** Login and password, and then the code of the second factor where there is one. */
export function SignInPage({ reason, login: known, onSignIn, onForgotten }: SignInPageProps) {
  const { enter, enterCode } = useSignIn(onSignIn);
  if (enterCode) {
    return (
      <Door
        key="code"
        title={serviceName() ?? t('common-product')}
        text={t('agent-code-text')}
        action={t('agent-sign-in')}
        onEnter={enterCode.enter}
        below={
          <Button kind="quiet" onClick={enterCode.back}>
            {t('agent-code-back')}
          </Button>
        }
      >
        <CodeField of="agent" />
      </Door>
    );
  }
  return (
    <Door
      key="password"
      title={serviceName() ?? t('common-product')}
      text={reason ?? t('agent-sign-in-text')}
      action={t('agent-sign-in')}
      onEnter={enter}
      below={
        <Button kind="link" onClick={onForgotten}>
          {t('agent-forgotten')}
        </Button>
      }
    >
      <LoginFields of="agent" login={known} />
    </Door>
  );
}

export interface SetupFields {
  code: string;
  login: string;
  name: string;
  password: string;
}

export function SetupPage({ onSetup }: { onSetup: (fields: SetupFields) => Promise<string | undefined> }) {
  return (
    <Door
      title={t('agent-setup')}
      text={t('agent-setup-text')}
      action={t('agent-setup-go')}
      onEnter={({ code = '', login = '', name = '', password = '' }) =>
        onSetup({ code: code.trim(), login: login.trim(), name: name.trim(), password })
      }
    >
      <Field
        name="code"
        label={t('agent-setup-code')}
        hint={t('agent-setup-code-hint')}
        autocomplete="one-time-code"
        autofocus
      />
      <Field name="name" label={t('agent-name')} hint={t('agent-name-hint')} autocomplete="name" maxLength={255} />
      <Field name="login" label={t('agent-login')} autocomplete="username" />
      <Field
        name="password"
        label={t('agent-password')}
        hint={t('agent-password-hint')}
        type="password"
        autocomplete="new-password"
      />
    </Door>
  );
}
