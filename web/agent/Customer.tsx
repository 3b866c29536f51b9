import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import KeyRound from 'lucide/dist/esm/icons/key-round.mjs';
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import TicketPlus from 'lucide/dist/esm/icons/ticket-plus.mjs';
import { useRef } from 'preact/hooks';
import type { ChatSummary, CustomerUserView } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { relative } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoving } from '../ui/roving.ts';
import { Link } from './Link.tsx';
import { PageHead } from './PageHead.tsx';
import './customer.css';

interface CustomerProps {
  customer: CustomerUserView | undefined;
  problem?: string | undefined;
  onChat: () => void;
  /** Opens a running chat. */
  onShow: (chat: string) => void;
  /** Fetches further chats; absent when there are none. */
  onMore?: (() => void) | undefined;
  busy?: boolean | undefined;
  /** Sees to how he gets in; administrators only. */
  onDoors?: (() => void) | undefined;
}

/** A customer user: who he is, how he stands now, and his chats. */
export function Customer({ customer, problem, onChat, onShow, onMore, busy, onDoors }: CustomerProps) {
  return (
    <>
      <Link to={{ at: 'home' }} class="back">
        <Icon of={ArrowLeft} directional />
        {t('agent-home')}
      </Link>
      <PageHead key={customer?.id} title={customer?.name ?? t('agent-customer')} />
      {problem && <Notice kind="danger">{problem}</Notice>}
      {customer && (
        <div class="customer-page">
          <Card customer={customer} onChat={onChat} onDoors={onDoors} />
          <Chats chats={customer.chats} onShow={onShow} onMore={onMore} busy={busy} />
        </div>
      )}
      {!customer && !problem && <p role="status">{t('agent-fetching')}</p>}
    </>
  );
}

interface CardProps {
  customer: CustomerUserView;
  onChat: () => void;
  onDoors: (() => void) | undefined;
}

function Card({ customer, onChat, onDoors }: CardProps) {
  const { name, company, login, email, presence } = customer;
  const word = t('agent-presence', { is: presence });
  const why = whyNot(customer);
  return (
    <section class="card customer" aria-labelledby="customer">
      <div class="card-head">
        <h2 id="customer">{t('agent-customer')}</h2>
      </div>
      <div class="customer-who">
        <Avatar name={name} size="large" presence={presence} word={word} />
        <span>
          <bdi>{name}</bdi>
          {/* The circle says it too. */}
          <small aria-hidden="true">{word}</small>
        </span>
      </div>
      <dl>
        {company && (
          <>
            <dt>{t('agent-company')}</dt>
            <dd>
              <bdi>{company}</bdi>
            </dd>
          </>
        )}
        <dt>{t('agent-login')}</dt>
        <dd>
          <bdi>{login}</bdi>
        </dd>
        {email && (
          <>
            <dt>{t('agent-email')}</dt>
            <dd>
              <a href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`}>
                <bdi>{email}</bdi>
              </a>
            </dd>
          </>
        )}
      </dl>
      <div class="customer-act">
        <Button icon={MessageCircle} why={why} onClick={onChat}>
          {t('agent-request-chat')}
        </Button>
        <Link to={{ at: 'new-ticket', customer: customer.id }} class="button button-plain">
          <Icon of={TicketPlus} />
          {t('agent-new-ticket')}
        </Link>
        {onDoors && (
          <Button icon={KeyRound} onClick={onDoors}>
            {t('agent-doors')}
          </Button>
        )}
        {/* The button says it too. */}
        {why && <small aria-hidden="true">{why}</small>}
      </div>
    </section>
  );
}

function whyNot({ can_chat, why_not = '' }: CustomerUserView): string | undefined {
  if (can_chat) return undefined;
  if (why_not === 'you_are_unavailable') return t('problem-you_are_unavailable');
  return t('agent-request-why-not', { why: why_not });
}

type ChatsProps = Pick<CustomerProps, 'onShow' | 'onMore' | 'busy'> & { chats: readonly ChatSummary[] };

function Chats({ chats, onShow, onMore, busy = false }: ChatsProps) {
  const list = useRef<HTMLUListElement>(null);
  useRoving(list, '.customer-chat');
  return (
    <section class="card" aria-labelledby="customer-chats">
      <div class="card-head">
        <h2 id="customer-chats">{t('agent-chats')}</h2>
      </div>
      {chats.length === 0 && !onMore ? (
        <p class="customer-none">{t('agent-customer-no-chats')}</p>
      ) : (
        <ul ref={list} class="customer-chats">
          {chats.map((chat) => (
            <li key={chat.id}>
              {chat.state === 'closed' ? (
                <Link to={{ at: 'archived', chat: chat.id }} class="customer-chat">
                  <Chat chat={chat} />
                </Link>
              ) : (
                <button type="button" class="customer-chat" onClick={() => onShow(chat.id)}>
                  <Chat chat={chat} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {onMore && (
        <p class="customer-more">
          <Button busy={busy} onClick={onMore}>
            {t('agent-show-more')}
          </Button>
        </p>
      )}
    </section>
  );
}

function Chat({ chat }: { chat: ChatSummary }) {
  const { channel, state, direction, last_at, last_text, unread } = chat;
  const waits = state === 'requested' && direction !== 'agent_to_customer';
  return (
    <>
      <span class="customer-chat-head">
        <bdi>{channel.name}</bdi>{' '}
        <Badge kind={waits ? 'lamp-soft' : 'count'}>{t('agent-chat-state', { is: waits ? 'waits' : state })}</Badge>
        {unread > 0 && (
          <>
            {' '}
            <Badge kind="accent">
              {unread}
              <span class="quiet"> {t('agent-unread')}</span>
            </Badge>
          </>
        )}
      </span>{' '}
      <small>{relative(last_at, minute.value)}</small>
      {last_text && (
        <span class="customer-chat-text">
          <bdi>{last_text}</bdi>
        </span>
      )}
    </>
  );
}
