import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { Button } from '../ui/Button.tsx';
import { ConnectionState } from '../ui/ConnectionState.tsx';
import { ChatCorner } from './ChatCorner.tsx';
import { ConversationPage } from './ConversationPage.tsx';
import { HomePage } from './HomePage.tsx';
import { route } from './routes.ts';
import type { ChatWindow } from './window.ts';
import './portal-page.css';

interface PortalPageProps {
  lobby: Lobby;
  chats: ChatWindow;
  onSignOut: () => Promise<void>;
}

/** The portal: a calm page, and the chat window in its corner. */
export function PortalPage({ lobby, chats, onSignOut }: PortalPageProps) {
  const place = route.value;
  const page = useRef<HTMLElement>(null);
  const moved = useRef(false);
  const [stuck, setStuck] = useState(false);
  const state = lobby.state.value;
  useEffect(() => {
    // Who follows a link hears where he is; who opens the portal is not moved about.
    if (moved.current) page.current?.querySelector('h1')?.focus();
    moved.current = true;
  }, [place.at]);

  return (
    <div class="portal">
      <header class="portal-bar">
        <span class="portal-name">{t('customer-title')}</span>
        {state !== 'live' && <ConnectionState state={state} />}
        <span class="portal-me">
          <bdi>{lobby.me.value.name}</bdi>
        </span>
        <Button
          kind="quiet"
          size="small"
          onClick={() => {
            setStuck(false);
            onSignOut().catch(() => setStuck(true));
          }}
        >
          {t('customer-sign-out')}
        </Button>
      </header>
      <main ref={page} class="portal-page">
        {stuck && <p role="alert">{t('problem-unreachable')}</p>}
        {place.at === 'home' ? (
          <HomePage lobby={lobby} chats={chats} />
        ) : (
          <ConversationPage key={place.chat} id={place.chat} lobby={lobby} chats={chats} />
        )}
      </main>
      <ChatCorner chats={chats} />
    </div>
  );
}
