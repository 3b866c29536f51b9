import { useEffect, useState } from 'preact/hooks';
import type { TicketLine, TicketList } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import type { Desk } from '../core/desk.ts';
import { moment, relative } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Badge } from '../ui/Badge.tsx';
import { Link } from './Link.tsx';
import { keepLooking } from './look-again.ts';
import { stateLooks, stateWords } from './ticket-words.ts';
import './my-tickets.css';
import './rows.css';
import './tickets.css';

/** So many are shown; the others are on the page of tickets. */
const SHOWN = 8;

/** The open tickets that the agent owns, changed last first; looked at again whenever his desk changes. */
export function MyTicketsWidget({ desk }: { desk: Desk }) {
  const [list, setList] = useState<TicketList>();
  useEffect(() => {
    const query = { state: 'open', owner: 'me' };
    return keepLooking(
      desk,
      () => desk.api.call('GET /api/tickets', { query }),
      (list) => list.tickets && setList(list),
    );
  }, [desk]);
  if (list === undefined) return null;
  return <MyTickets tickets={list.tickets} more={list.next !== undefined} />;
}

interface MyTicketsProps {
  tickets: readonly TicketLine[];
  /** There are others beside them. */
  more: boolean;
}

export function MyTickets({ tickets, more }: MyTicketsProps) {
  return (
    <section class="card rows my-tickets" aria-labelledby="my-tickets">
      <div class="card-head">
        <h2 id="my-tickets">{t('agent-my-tickets')}</h2>
        {tickets.length > 0 && <Badge>{more ? `${tickets.length}+` : tickets.length}</Badge>}
        {(more || tickets.length > SHOWN) && (
          <Link to={{ at: 'tickets', owner: 'me' }} class="my-tickets-all">
            {t('agent-my-tickets-all')}
          </Link>
        )}
      </div>
      {tickets.length === 0 ? (
        <p class="my-tickets-none">{t('agent-my-tickets-none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('agent-number')}</th>
              <th scope="col">{t('agent-title')}</th>
              <th scope="col">{t('agent-customer')}</th>
              <th scope="col">{t('agent-state')}</th>
              <th scope="col">{t('agent-column-ended')}</th>
            </tr>
          </thead>
          <tbody>
            {tickets.slice(0, SHOWN).map((ticket) => (
              <Row key={ticket.id} ticket={ticket} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ ticket }: { ticket: TicketLine }) {
  const { customer, state } = ticket;
  return (
    <tr>
      <td class="my-ticket-number num">{ticket.number}</td>
      <th scope="row">
        <Link to={{ at: 'ticket', ticket: ticket.id }} class="ticket-link">
          <bdi>{ticket.title}</bdi>
        </Link>
      </th>
      <td class="my-ticket-customer">
        <bdi>{customer.name ?? customer.email ?? '–'}</bdi>
      </td>
      <td class="my-ticket-state">
        <Badge kind={stateLooks(state)}>{stateWords(state)}</Badge>
      </td>
      {ticket.changed_at !== undefined && (
        <td class="ticket-at" title={moment(ticket.changed_at)}>
          {relative(ticket.changed_at, minute.value)}
        </td>
      )}
    </tr>
  );
}
