import { useRef } from 'preact/hooks';
import type { ChatSummary } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { relative } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { useRoving } from '../ui/roving.ts';
import './my-chats.css';

interface MyChatsProps {
  chats: readonly ChatSummary[];
  unread: (chat: ChatSummary) => number;
  onShow: (chat: string) => void;
}

/** The agent's running chats, those with something unread marked. */
export function MyChats({ chats, unread, onShow }: MyChatsProps) {
  const list = useRef<HTMLUListElement>(null);
  useRoving(list, '.my-chat');
  if (chats.length === 0) return <p class="my-chats-none">{t('agent-no-chats')}</p>;
  return (
    <ul ref={list} class="my-chats">
      {chats.map((chat) => (
        <li key={chat.id}>
          <button type="button" class="my-chat" onClick={() => onShow(chat.id)}>
            <Avatar name={chat.with ?? '?'} />
            <span class="my-chat-name">
              <bdi>{chat.with ?? t('agent-nobody-yet')}</bdi>
              {chat.state === 'requested' && <Badge kind="lamp-soft">{t('agent-waits-again')}</Badge>}
              <small>
                <bdi>{chat.channel.name}</bdi>, {relative(chat.last_at, minute.value)}
              </small>
            </span>
            {unread(chat) > 0 && (
              <Badge kind="accent">
                {unread(chat)}
                <span class="quiet"> {t('agent-unread')}</span>
              </Badge>
            )}
            {chat.last_text && (
              <span class="my-chat-text">
                <bdi>{chat.last_text}</bdi>
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
