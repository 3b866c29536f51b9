import type { ChatSummary, Part } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Found } from '../ui/Found.tsx';
import { Link } from './Link.tsx';
import './chat-list.css';

interface ChatListProps {
  chats: readonly ChatSummary[];
  /** Shows it in the chat window; without it each one is a link to its page. */
  onShow?: (id: string) => void;
  /** What is shown instead of what was said last: where something was found. */
  found?: ReadonlyMap<string, readonly Part[]>;
}

/** Conversations, each with whom, what was said last and when. */
export function ChatList({ chats, onShow, found }: ChatListProps) {
  return (
    <ul class="chat-list">
      {chats.map((chat) => (
        <li key={chat.id}>
          {onShow ? (
            <button type="button" class="chat-line" onClick={() => onShow(chat.id)}>
              <ChatLine chat={chat} text={found?.get(chat.id)} />
            </button>
          ) : (
            <Link to={{ at: 'conversation', chat: chat.id }} class="chat-line">
              <ChatLine chat={chat} text={found?.get(chat.id)} />
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function ChatLine({ chat, text }: { chat: ChatSummary; text: readonly Part[] | undefined }) {
  const name = chat.with ?? chat.channel.name;
  return (
    <>
      <Avatar name={name} />
      <span class="chat-line-name">
        <bdi>{name}</bdi>
        {chat.state === 'requested' && <Badge kind="lamp-soft">{t('customer-waiting')}</Badge>}
        {chat.unread > 0 && (
          <Badge kind="accent">
            <span aria-hidden="true">{chat.unread}</span>
            <span class="quiet">{t('customer-unread', { count: chat.unread })}</span>
          </Badge>
        )}
      </span>
      <span class="chat-line-at">{recent(chat.last_at, minute.value)}</span>
      <span class="chat-line-text">
        <Found parts={text ?? [{ text: chat.last_text ?? '' }]} />
      </span>
    </>
  );
}
