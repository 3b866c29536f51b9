import { useRef } from 'preact/hooks';
import type { ChatSummary } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { relative } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { useRoving } from '../ui/roving.ts';
import { placeOf } from './members.ts';
import './my-chats.css';

interface MyChatsProps {
  chats: readonly ChatSummary[];
  unread: (chat: ChatSummary) => number;
  onShow: (chat: string) => void;
}

/** The agent's running chats, those with something unread marked; who has been away for long comes last. */
export function MyChats({ chats, unread, onShow }: MyChatsProps) {
  const list = useRef<HTMLUListElement>(null);
  useRoving(list, '.my-chat');
  if (chats.length === 0) return <p class="my-chats-none">{t('agent-no-chats')}</p>;
  const sorted = [...chats].sort((a, b) => Number(a.gone) - Number(b.gone));
  return (
    <ul ref={list} class="my-chats">
      {sorted.map((chat) => (
        <li key={chat.id}>
          <button type="button" class={chat.gone ? 'my-chat my-chat-gone' : 'my-chat'} onClick={() => onShow(chat.id)}>
            <Avatar name={chat.with ?? '?'} />
            <span class="my-chat-name">
              <bdi>{chat.with ?? t('agent-nobody-yet')}</bdi>
              {chat.state === 'requested' && <Waits chat={chat} />}
              {chat.gone && <Badge>{t('agent-gone')}</Badge>}
              <small>
                <bdi>{placeOf(chat)}</bdi>, {relative(chat.last_at, minute.value)}
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

/** What this agent asked for waits for its first answer; what came to him waits for somebody to take over. */
function Waits({ chat: { direction } }: { chat: ChatSummary }) {
  const asked = direction === 'agent_to_agent' || direction === 'agent_to_customer';
  return <Badge kind={asked ? 'count' : 'lamp-soft'}>{t(asked ? 'agent-asked' : 'agent-waits-again')}</Badge>;
}
