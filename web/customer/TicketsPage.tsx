import { useState } from 'preact/hooks';
import type { MyTicketLine } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import { recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { whyNot } from '../ui/why-not.ts';
import { Link } from './Link.tsx';
import { More } from './More.tsx';
import { MyTickets, type Whose } from './my-tickets.ts';
import { TicketStateBadge } from './TicketStateBadge.tsx';
import './tickets-page.css';

/** What a customer user and his company have asked in writing. */
export function TicketsPage({ lobby, whose }: { lobby: Lobby; whose: Whose }) {
  return (
    <>
      <div class="tickets-head">
        <h1 tabIndex={-1}>{t('customer-tickets')}</h1>
        <Link to={{ at: 'new-ticket' }} class="button button-primary">
          {t('customer-ticket-new')}
        </Link>
      </div>
      <nav class="tickets-whose" aria-label={t('customer-tickets-whose')}>
        {(['mine', 'company'] as const).map((it) => (
          <Link key={it} to={{ at: 'tickets', whose: it }} current={it === whose}>
            {t('customer-tickets-of', { whose: it })}
          </Link>
        ))}
      </nav>
      <Tickets key={whose} lobby={lobby} whose={whose} />
    </>
  );
}

function Tickets({ lobby, whose }: { lobby: Lobby; whose: Whose }) {
  const [list] = useState(() => new MyTickets(lobby.api, whose));
  const tickets = list.tickets.value;
  const state = list.state.value;
  return (
    <div class="tickets">
      {tickets.length > 0 && <TicketList tickets={tickets} />}
      {tickets.length === 0 && state === 'end' && <p class="home-text">{t('customer-tickets-none', { whose })}</p>}
      <More
        state={state}
        some={tickets.length > 0}
        fetching={t('customer-tickets-fetching')}
        problem={whyNot(list.problem.value)}
        onMore={() => list.more()}
      />
    </div>
  );
}

export function TicketList({ tickets }: { tickets: readonly MyTicketLine[] }) {
  return (
    <ul class="chat-list">
      {tickets.map(({ id, number, title, state, customer, changed_at }) => (
        <li key={id}>
          <Link to={{ at: 'ticket', ticket: id }} class="ticket-line">
            <span class="ticket-line-title">
              <bdi>{title}</bdi>
              <TicketStateBadge state={state} />
            </span>
            <span class="chat-line-at">{recent(changed_at, minute.value)}</span>
            <span class="ticket-line-about">
              <bdi class="num">{number}</bdi>
              {customer && (
                <>
                  {' · '}
                  <bdi>{customer}</bdi>
                </>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
