import { t } from '../core/i18n.ts';
import { Field } from './Field.tsx';

/** Whose words they have: those of the agent interface or of the portal. */
type Of = { of: 'agent' | 'customer' };

/** Login and password; the password has the focus where the login is known. */
export function LoginFields({ of, login }: Of & { login: string | undefined }) {
  return (
    <>
      <Field name="login" label={t(`${of}-login`)} autocomplete="username" defaultValue={login} autofocus={!login} />
      <Field
        name="password"
        label={t(`${of}-password`)}
        type="password"
        autocomplete="current-password"
        autofocus={login !== undefined}
      />
    </>
  );
}

/** The code of a second factor. */
export function CodeField({ of }: Of) {
  return (
    <Field
      name="code"
      label={t(`${of}-code`)}
      hint={t(`${of}-code-hint`)}
      autocomplete="one-time-code"
      maxLength={64}
      autofocus
    />
  );
}
