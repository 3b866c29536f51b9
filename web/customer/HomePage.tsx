import { useEffect, useState } from 'preact/hooks';
import { ArchiveSearch } from '../core/archive-search.ts';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { askPermission, permission } from '../core/notify.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { ChatList } from './ChatList.tsx';
import { More } from './More.tsx';
import { Past } from './past.ts';
import type { ChatWindow } from './window.ts';
import './home-page.css';

interface HomePageProps {
  lobby: Lobby;
  chats: ChatWindow;
}

export function HomePage({ lobby, chats }: HomePageProps) {
  const [past] = useState(() => new Past(lobby));
  const [search] = useState(() => new ArchiveSearch(lobby.api));
  useEffect(
    () => () => {
      past.stop();
      search.stop();
    },
    [],
  );
  const searching = search.active.value;
  const running = chats.running.value;
  const over = past.chats.value;
  const state = past.state.value;
  return (
    <>
      <h1 tabIndex={-1}>{t('customer-hello', { name: lobby.me.value.name })}</h1>
      <p class="home-text">{lobby.available.value ? t('customer-home-text') : t('customer-home-nobody')}</p>
      <Allow />
      {running.length > 0 && (
        <section class="home-part" aria-labelledby="running">
          <h2 id="running">{t('customer-running')}</h2>
          <ChatList chats={running} onShow={(id) => chats.show(id)} />
        </section>
      )}
      <section class="home-part" aria-labelledby="past">
        <h2 id="past">{t('customer-past')}</h2>
        {(over.length > 0 || searching) && (
          <SearchField
            label={t('customer-search')}
            value={search.asked.value.q}
            maxLength={200}
            onSearch={(q) => search.ask({ q })}
          />
        )}
        {searching ? (
          <SearchedChats search={search} />
        ) : (
          <>
            {over.length > 0 && <ChatList chats={over} />}
            {over.length === 0 && state === 'end' && <p class="home-text">{t('customer-no-past')}</p>}
            <More state={state} some={over.length > 0} fetching={t('customer-fetching')} onMore={() => past.more()} />
          </>
        )}
      </section>
    </>
  );
}

function SearchedChats({ search }: { search: ArchiveSearch }) {
  const found = search.found.value;
  const state = search.state.value;
  const texts = new Map(found.map(({ chat, entry }) => [chat.id, entry?.text ?? []]));
  return (
    <>
      {found.length > 0 && <ChatList chats={found.map(({ chat }) => chat)} found={texts} />}
      <div role="status">
        {found.length === 0 && state === 'end' && <p class="home-text">{t('customer-not-found')}</p>}
      </div>
      <More state={state} some={found.length > 0} fetching={t('customer-fetching')} onMore={() => search.more()} />
    </>
  );
}

/** Browsers ask only after a click; once answered, there is nothing more to say. */
function Allow() {
  if (permission.value !== 'default') return null;
  return (
    <div class="home-allow">
      <Notice
        kind="accent"
        action={
          <Button size="small" onClick={() => void askPermission()}>
            {t('customer-allow-notifications')}
          </Button>
        }
      >
        {t('customer-tell-me')}
      </Notice>
    </div>
  );
}
