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
          reason={session.because === 'ended' ? t('customer-was-signed-out') : undefined}
          onSignIn={async (login, password) => {
            const wrong = await portal.signIn(login, password);
            return wrong && (wrong instanceof Refusal ? inWords(wrong.problem) : t('problem-unreachable'));
          }}
        />
      );
    case 'in':
      return <PortalPage lobby={session.lobby} chats={session.window} onSignOut={() => portal.signOut()} />;
  }
}
