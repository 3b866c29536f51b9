import { useMemo } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { DeskPage } from './DeskPage.tsx';
import { SetupPage, SignInPage } from './Door.tsx';
import type { Door } from './session.ts';

/** Outside: setting up or signing in. Inside: the desk. */
export function App({ door }: { door: Door }) {
  const session = door.session.value;
  const reason = useMemo(() => {
    if (session.is !== 'out' || session.because === undefined) return undefined;
    return t(session.because === 'asked' ? 'agent-signed-out-here' : 'agent-signed-out-elsewhere');
  }, [session]);
  switch (session.is) {
    case 'in':
      return <DeskPage key={session.desk.me.peek().id} desk={session.desk} door={door} />;
    case 'out':
      return <SignInPage reason={reason} onSignIn={(login, password) => door.signIn(login, password)} />;
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
