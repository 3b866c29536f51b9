import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import { useEffect, useState } from 'preact/hooks';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { Button } from '../ui/Button.tsx';
import { external } from '../ui/entries.ts';
import { Icon } from '../ui/Icon.tsx';
import { Log } from '../ui/Log.tsx';
import { MailButton } from '../ui/MailButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PdfButton } from '../ui/PdfButton.tsx';
import { inWords } from '../ui/problem.ts';
import { fileIn } from '../ui/SentFile.tsx';
import { Link } from './Link.tsx';
import { TicketOfChat } from './TicketOfChat.tsx';
import type { ChatWindow } from './window.ts';
import './conversation-page.css';

interface ConversationPageProps {
  id: string;
  lobby: Lobby;
  chats: ChatWindow;
}

/** A conversation to be read again. */
export function ConversationPage({ id, lobby, chats }: ConversationPageProps) {
  const [chat] = useState(() => {
    // Two places must not follow one chat: the window makes room.
    const showing = chats.showing.peek();
    if (showing.is === 'chat' && showing.id === id) chats.showList();
    return lobby.open(id);
  });
  useEffect(() => () => lobby.close(id), []);
  const view = chat.view.value;
  const problem = chat.problem.value;
  const agents = view?.members.filter(({ kind }) => kind === 'agent').map(({ name }) => name) ?? [];
  const name = agents.join(', ') || view?.channel.name || t('customer-conversation');
  return (
    <>
      <Link to={{ at: 'home' }} class="back-link">
        <Icon of={ArrowLeft} directional />
        {t('customer-back')}
      </Link>
      <h1 tabIndex={-1}>
        <bdi>{name}</bdi>
      </h1>
      {view && (
        <p class="home-text">
          <bdi>{view.channel.name}</bdi> · {moment(view.created_at)}
        </p>
      )}
      {(problem || chat.gone.value) && <Notice>{problem ? inWords(problem) : t('widget-gone')}</Notice>}
      {view ? (
        <section class="conversation-page" aria-label={t('customer-conversation')}>
          <Log
            label={t('widget-log')}
            lines={chat.lines.value}
            members={view.members}
            side={external}
            file={fileIn(id, lobby.api)}
            seen={view.seen}
            onOlder={chat.older.value === 'none' ? undefined : () => chat.loadOlder()}
            onSeen={() => chat.markRead()}
          />
          <div class="conversation-page-foot">
            {view.state === 'closed' ? (
              <>
                <p>{t('widget-closed', { reason: view.closed_reason ?? 'by_agent' })}</p>
                <div class="conversation-page-ways">
                  <PdfButton view={view} api={lobby.api} />
                  <MailButton view={view} me={lobby.me.value} api={lobby.api} />
                  <TicketOfChat chat={chat} lobby={lobby} />
                  <Button onClick={() => chats.showNew()}>{t('widget-new')}</Button>
                </div>
              </>
            ) : (
              <Button kind="primary" onClick={() => chats.show(id)}>
                {t('customer-go-on')}
              </Button>
            )}
          </div>
        </section>
      ) : (
        !problem && !chat.gone.value && <p role="status">{t('widget-loading')}</p>
      )}
    </>
  );
}
