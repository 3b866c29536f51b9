import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Account } from '../account/Account.tsx';
import { choose, writtenAs } from '../core/format.ts';
import { lang, t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { serviceName } from '../core/look.ts';
import { Brand } from '../ui/Brand.tsx';
import { Button } from '../ui/Button.tsx';
import { ConnectionState } from '../ui/ConnectionState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ChatCorner } from './ChatCorner.tsx';
import { ConversationPage } from './ConversationPage.tsx';
import { HomePage } from './HomePage.tsx';
import { Link } from './Link.tsx';
import { lookAtMe, speak } from './looks.ts';
import { NewTicketPage } from './NewTicketPage.tsx';
import { type Route, route } from './routes.ts';
import { TicketPage } from './TicketPage.tsx';
import { TicketsPage } from './TicketsPage.tsx';
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
  const { name, profile } = lobby.me.value;
  // Before anything below is written.
  useMemo(() => choose(profile?.zone, writtenAs(profile?.dates)), [profile?.zone, profile?.dates]);
  useEffect(() => speak(profile?.language), [profile?.language]);
  const elsewhere = lobby.me.value.foreign_desk !== undefined;
  useEffect(() => {
    // Who follows a link hears where he is; who opens the portal is not moved about.
    if (moved.current) page.current?.querySelector('h1')?.focus();
    moved.current = true;
  }, [place.at]);

  return (
    <div class="portal">
      <header class="portal-bar">
        <span class="portal-name">
          <Brand />
          {serviceName() ?? t('customer-title')}
        </span>
        <nav class="portal-nav" aria-label={t('customer-places')}>
          <Link to={{ at: 'home' }} current={place.at === 'home' || place.at === 'conversation'}>
            {t('customer-all')}
          </Link>
          {elsewhere ? (
            <Link to={{ at: 'new-ticket' }} current={place.at === 'new-ticket'}>
              {t('customer-ticket-new')}
            </Link>
          ) : (
            <Link to={{ at: 'tickets', whose: 'mine' }} current={place.at.includes('ticket')}>
              {t('customer-tickets')}
            </Link>
          )}
        </nav>
        {state !== 'live' && <ConnectionState state={state} />}
        <span class="portal-me">
          <Link to={{ at: 'account' }} current={place.at === 'account'} label={t('customer-account-of', { name })}>
            <bdi translate={false}>{name}</bdi>
          </Link>
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
        {elsewhere && (place.at === 'tickets' || place.at === 'ticket') ? (
          <Notice>{t('problem-tickets_elsewhere')}</Notice>
        ) : (
          <Place
            place={place}
            lobby={lobby}
            chats={chats}
            onSignOut={() => void onSignOut().catch(() => setStuck(true))}
          />
        )}
      </main>
      <ChatCorner chats={chats} />
    </div>
  );
}

interface PlaceProps {
  place: Route;
  lobby: Lobby;
  chats: ChatWindow;
  onSignOut: () => void;
}

function Place({ place, lobby, chats, onSignOut }: PlaceProps) {
  switch (place.at) {
    case 'home':
      return <HomePage lobby={lobby} chats={chats} />;
    case 'conversation':
      return <ConversationPage key={place.chat} id={place.chat} lobby={lobby} chats={chats} />;
    case 'tickets':
      return <TicketsPage lobby={lobby} whose={place.whose} />;
    case 'ticket':
      return <TicketPage key={place.ticket} id={place.ticket} lobby={lobby} chats={chats} />;
    case 'new-ticket':
      return <NewTicketPage lobby={lobby} />;
    case 'account':
      return (
        <>
          <h1 tabIndex={-1}>{t('customer-account')}</h1>
          <Account>
            {({ AccountPage }) => (
              <AccountPage
                key={lang.value}
                api={lobby.api}
                me={lobby.me.value}
                onChanged={() => lookAtMe(lobby)}
                onSignOut={onSignOut}
              />
            )}
          </Account>
        </>
      );
  }
}
