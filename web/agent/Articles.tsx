import Eye from 'lucide/dist/esm/icons/eye.mjs';
import Lock from 'lucide/dist/esm/icons/lock.mjs';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ArticleView } from '../api/types.ts';
import type { Articled } from '../core/articles.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { AttachedFiles } from '../ui/Attachments.tsx';
import { Badge } from '../ui/Badge.tsx';
import { ChatLines } from '../ui/ChatLines.tsx';
import { EarlierArticles } from '../ui/EarlierArticles.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Link } from './Link.tsx';
import './articles.css';

interface ArticlesProps {
  ticket: Articled & { id: string };
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
        <Article key={article.n} article={article}>
          <AttachedFiles api={api} ticket={ticket.id} n={article.n} files={article.files ?? []} />
        </Article>
      ))}
    </section>
  );
}

function Article({ article, children }: { article: ArticleView; children: ComponentChildren }) {
  const { n, author, channel, visible, subject, body, at, chat, mail } = article;
  const title = `article-${n}`;
  return (
    <article class={visible ? 'card article' : 'card article article-internal'} tabIndex={-1} aria-labelledby={title}>
      <header>
        <h2 id={title}>
          <bdi>{subject}</bdi>
        </h2>
        <p>
          <bdi>{author}</bdi> · {t('agent-article-channel', { is: channel })} ·{' '}
          <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>{' '}
          <Badge kind={visible ? 'count' : 'note'}>
            <Icon of={visible ? Eye : Lock} />
            {t(visible ? 'agent-article-visible' : 'chat-agents-only')}
          </Badge>
        </p>
        {mail && (
          <p>
            {t('agent-article-mail', { outcome: mail.outcome ?? 'waiting' })} <bdi>{mail.address}</bdi>
            {mail.why && <> · {mail.why}</>}
          </p>
        )}
      </header>
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
    </article>
  );
}
