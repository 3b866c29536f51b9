import Eye from 'lucide/dist/esm/icons/eye.mjs';
import Lock from 'lucide/dist/esm/icons/lock.mjs';
import MessagesSquare from 'lucide/dist/esm/icons/messages-square.mjs';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ArticleView, ChatArticle } from '../api/types.ts';
import type { Articled } from '../core/articles.ts';
import { minute } from '../core/clock.ts';
import { moment, recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { AttachedFiles } from '../ui/Attachments.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { ChatLines } from '../ui/ChatLines.tsx';
import { EarlierArticles } from '../ui/EarlierArticles.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Link } from './Link.tsx';
import './articles.css';

interface ArticlesProps {
  ticket: Articled & { id: string; title: string };
  api: Api;
  /** Fetches what stands before these. */
  onEarlier: () => Promise<void>;
}

/** What was written in a ticket, in order. */
export function Articles({ ticket, api, onEarlier }: ArticlesProps) {
  const list = useRef<HTMLElement>(null);
  return (
    <section ref={list} class="articles" aria-label={t('agent-articles')}>
      <EarlierArticles of={ticket} list={list} onEarlier={onEarlier}>
        {t('agent-articles-earlier')}
      </EarlierArticles>
      {ticket.articles.map((article) => (
        <Article key={article.n} article={article} title={ticket.title}>
          <AttachedFiles api={api} ticket={ticket.id} n={article.n} files={article.files ?? []} />
        </Article>
      ))}
    </section>
  );
}

interface ArticleProps {
  article: ArticleView;
  /** The ticket's: a subject that only repeats it is not shown. */
  title: string;
  /** What is attached. */
  children: ComponentChildren;
}

/** Who wrote it stands first; a chat has its own name, since many wrote it. */
function Article({ article, title, children }: ArticleProps) {
  const { n, author, channel, visible, subject, body, at, chat, mail } = article;
  const id = `article-${n}`;
  const hasSubject = !chat && subject !== '' && subject !== title;
  return (
    <article
      class={visible ? 'card article' : 'card article article-internal'}
      tabIndex={-1}
      aria-labelledby={[id, hasSubject && `${id}-subject`, `${id}-at`].filter(Boolean).join(' ')}
    >
      <header>
        {chat ? (
          <span class="avatar article-chat-mark">
            <Icon of={MessagesSquare} />
          </span>
        ) : (
          <Avatar name={author} />
        )}
        <div class="article-by">
          <h2 id={id}>
            <bdi>{chat ? chatName(chat) : author}</bdi>
          </h2>
          <p>
            {chat && t('agent-ticket-event', { is: 'chat', name: author })}
            {mail && (
              <>
                {t('agent-article-mail', { outcome: mail.outcome ?? 'waiting' })} <bdi>{mail.address}</bdi>
                {mail.why && <> · {mail.why}</>}
              </>
            )}
            {!chat && !mail && t('agent-article-channel', { is: channel })}
          </p>
        </div>
        <p class="article-when">
          <Badge kind={visible ? 'count' : 'note'}>
            <Icon of={visible ? Eye : Lock} />
            {t(visible ? 'agent-article-visible' : 'chat-agents-only')}
          </Badge>
          <time id={`${id}-at`} dateTime={new Date(at).toISOString()} title={moment(at)}>
            {recent(at, minute.value)}
          </time>
        </p>
      </header>
      <div class="article-body">
        {hasSubject && (
          <p id={`${id}-subject`} class="article-subject">
            <bdi>{subject}</bdi>
          </p>
        )}
        {chat ? (
          <>
            <ChatLines lines={chat.lines} />
            {chat.chat && (
              <p class="article-chat">
                <Link to={{ at: 'archived', chat: chat.chat }}>{t('agent-article-chat')}</Link>
              </p>
            )}
          </>
        ) : (
          <p class="article-text" dir="auto">
            {body}
          </p>
        )}
        {children}
      </div>
    </article>
  );
}

/** By the one whom agents talked with, where he said something in this part of it. */
function chatName({ lines }: ChatArticle): string {
  const name = lines.find(({ by }) => by !== undefined && by.kind !== 'agent')?.by?.name;
  return name === undefined ? t('agent-article-channel', { is: 'chat' }) : t('agent-chat-with', { name });
}
