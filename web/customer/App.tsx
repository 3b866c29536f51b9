import { Account } from '../account/Account.tsx';
import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { inWords } from '../ui/problem.ts';
import { PortalPage } from './PortalPage.tsx';
import type { Portal } from './portal.ts';
import { SignIn } from './SignIn.tsx';

export function App({ portal }: { portal: Portal }) {
  const session = portal.session.value;
  switch (session.is) {
    case 'starting':
      return null;
    case 'unreachable':
      return (
        <main class="sign-in">
          <p role="status">{t('customer-unreachable')}</p>
        </main>
      );
    case 'out':
      return (
        <SignIn
          reason={reasonOf(session.because)}
          login={session.login}
          onSignIn={async (login, password, code) => {
            const wrong = await portal.signIn(login, password, code);
            if (wrong === undefined) return undefined;
            if (!(wrong instanceof Refusal)) return { say: t('problem-unreachable'), needsCode: false };
            return { say: inWords(wrong.problem), needsCode: wrong.problem.code === 'second_factor_needed' };
          }}
          onForgotten={() => portal.toForgotten()}
        />
      );
    case 'link':
      return (
        <Account>
          {({ LinkPage }) => (
            <LinkPage
              api={portal.api}
              token={session.token}
              onDone={(login) => portal.toSignIn(login)}
              onAsk={() => portal.toForgotten()}
            />
          )}
        </Account>
      );
    case 'forgotten':
      return (
        <Account>
          {({ ForgottenPage }) => (
            <ForgottenPage api={portal.api} surface="customer" onBack={() => portal.toSignIn()} />
          )}
        </Account>
      );
    case 'in':
      return <PortalPage lobby={session.lobby} chats={session.window} onSignOut={() => portal.signOut()} />;
  }
}

function reasonOf(because: 'asked' | 'ended' | 'password' | undefined): string | undefined {
  if (because === 'ended') return t('customer-was-signed-out');
  return because === 'password' ? t('customer-password-chosen') : undefined;
}
