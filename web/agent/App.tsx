import { useMemo } from 'preact/hooks';
import { Account } from '../account/Account.tsx';
import { t } from '../core/i18n.ts';
import { DeskPage } from './DeskPage.tsx';
import { SetupPage, SignInPage } from './Door.tsx';
import type { Door } from './session.ts';

/** Outside: setting up or signing in. Inside: the desk. */
export function App({ door }: { door: Door }) {
  const session = door.session.value;
  const reason = useMemo(() => {
    if (session.is !== 'out' || session.because === undefined) return undefined;
    if (session.because === 'password') return t('agent-password-chosen');
    return t(session.because === 'asked' ? 'agent-signed-out-here' : 'agent-signed-out-elsewhere');
  }, [session]);
  switch (session.is) {
    case 'in':
      return <DeskPage key={session.desk.me.peek().id} desk={session.desk} door={door} />;
    case 'out':
      return (
        <SignInPage
          reason={reason}
          login={session.login}
          onSignIn={(login, password, code) => door.signIn(login, password, code)}
          onForgotten={() => door.toForgotten()}
        />
      );
    case 'owing':
      return (
        <Account>
          {({ OwedPage }) => (
            <OwedPage
              api={door.api}
              name={session.me.name}
              onSet={() => void door.again()}
              onSignOut={() => void door.signOut()}
            />
          )}
        </Account>
      );
    case 'link':
      return (
        <Account>
          {({ LinkPage }) => (
            <LinkPage
              api={door.api}
              token={session.token}
              onDone={(login) => door.toSignIn(login)}
              onAsk={() => door.toForgotten()}
            />
          )}
        </Account>
      );
    case 'forgotten':
      return (
        <Account>
          {({ ForgottenPage }) => <ForgottenPage api={door.api} surface="agent" onBack={() => door.toSignIn()} />}
        </Account>
      );
    case 'setup':
      return <SetupPage onSetup={(fields) => door.setup(fields)} />;
    case 'unreachable':
      return (
        <main class="door">
          <p role="status">{t('problem-unreachable')}</p>
        </main>
      );
    case 'starting':
      return null;
  }
}
