import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import type { ComponentChildren } from 'preact';
import type { ArticleView, ChatLine } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { moment, sameDay } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Linked } from '../ui/Linked.tsx';
import { Message } from '../ui/Message.tsx';
import { Link } from './Link.tsx';
import '../ui/log.css';
import './article.css';

interface ArticleProps {
  article: ArticleView;
  /** The reader's own name. */
  me: string;
  /** The ticket's title: a subject that only repeats it is not shown. */
  title: string;
  /** What is attached. */
  children?: ComponentChildren;
}

export function Article({ article, me, title, children }: ArticleProps) {
  const { at, author, subject, body, chat, sender } = article;
  return (
    <li class={`article article-${sender}`} tabIndex={-1}>
      <header class="article-head">
        {chat ? <Icon of={MessageCircle} /> : <Avatar name={author} />}
        <p>
          <strong>
            <bdi>{chat ? t('customer-ticket-chat') : author === me ? t('chat-you') : author}</bdi>
          </strong>
          <time dir="auto" dateTime={new Date(at).toISOString()}>
            {moment(at)}
          </time>
        </p>
        {chat?.chat && <Link to={{ at: 'conversation', chat: chat.chat }}>{t('customer-ticket-to-conversation')}</Link>}
      </header>
      {!chat && subject !== '' && subject !== title && (
        <p class="article-subject">
          <bdi>{subject}</bdi>
        </p>
      )}
      {body !== '' && (
        <div class="article-body" dir="auto">
          <Linked text={body} />
        </div>
      )}
      {chat && <Talk lines={chat.lines} me={me} />}
      {children}
    </li>
  );
}

/** A conversation that went into a ticket, read as one. */
function Talk({ lines, me }: { lines: readonly ChatLine[]; me: string }) {
  if (lines.length === 0) return <p class="article-body">{t('customer-ticket-chat-empty')}</p>;
  return (
    <ol class="article-talk log-rows">
      {lines.map((line, index) => {
        const key = String(index);
        const before = lines[index - 1];
        if (line.by === undefined || line.text === undefined) {
          return (
            <li key={key} class="log-event">
              <bdi>{line.text ?? t('chat-entry-redacted')}</bdi>
            </li>
          );
        }
        const row: Line = {
          ...{ key, at: line.at, what: { kind: 'message', text: line.text } },
          mine: line.by.kind !== 'agent' && line.by.name === me,
        };
        const first = before?.by?.name !== line.by.name || !sameDay(before.at, line.at);
        return <Message key={key} line={row} text={line.text} name={line.by.name} first={first} />;
      })}
    </ol>
  );
}
