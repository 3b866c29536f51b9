import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QueueView, TicketLine } from '../api/types.ts';
import { minute } from '../core/clock.ts';
import type { Desk } from '../core/desk.ts';
import { moment, relative } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { TicketList, type TicketsAsked } from '../core/ticket-list.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoving } from '../ui/roving.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { Choice } from './Choice.tsx';
import { Link } from './Link.tsx';
import { PageHead } from './PageHead.tsx';
import { go } from './routes.ts';
import { STATES, stateLooks, stateWords } from './ticket-words.ts';
import { problemOf } from './work.ts';
import './archive-search-bar.css';
import './rows.css';
import './tickets.css';

/** The tickets of the queues one may read. */
export function TicketsPage({ desk, owner }: { desk: Desk; owner?: 'me' | undefined }) {
  const [list] = useState(() => new TicketList(desk.api));
  useState(() => list.ask({ owner: owner ?? '' }));
  const [queues, setQueues] = useState<readonly QueueView[]>([]);
  useEffect(() => () => list.stop(), []);
  useEffect(() => {
    // Without them there is nothing to choose from; the list says what is wrong.
    desk.api.call('GET /api/queues', { query: {} }).then(
      ({ queues }) => setQueues(queues),
      () => {},
    );
  }, []);
  const state = list.pages.state.value;
  return (
    <Tickets
      asked={list.asked.value}
      queues={queues}
      rows={list.pages.rows.value}
      state={state === 'failed' ? 'more' : state}
      problem={state === 'failed' ? problemOf(list.pages.problem.value) : undefined}
      onAsk={(change) => list.ask(change)}
      onMore={() => list.pages.more()}
    />
  );
}

interface TicketsProps {
  asked: TicketsAsked;
  queues: readonly QueueView[];
  rows: readonly TicketLine[];
  /** `more`: there is a further page. */
  state: 'fetching' | 'more' | 'end';
  problem?: string | undefined;
  onAsk: (change: Partial<TicketsAsked>) => void;
  onMore: () => void;
}

export function Tickets({ asked, queues, rows, state, problem, onAsk, onMore }: TicketsProps) {
  const list = useRef<HTMLDivElement>(null);
  useRoving(list, '.ticket-link');
  const can = (what: QueueView['can'][number]) => queues.filter((queue) => queue.can.includes(what));
  return (
    <>
      <PageHead title={t('agent-tickets')}>
        {can('create').length > 0 && (
          <Button kind="primary" size="small" icon={Plus} onClick={() => go({ at: 'new-ticket' })}>
            {t('agent-phone-ticket')}
          </Button>
        )}
      </PageHead>
      <search class="archive-search">
        <SearchField label={t('agent-tickets-search')} value={asked.q} maxLength={200} onSearch={(q) => onAsk({ q })} />
        <Choice label={t('agent-queue')} value={asked.queue} onChoose={(queue) => onAsk({ queue })}>
          <option value="">{t('agent-all-queues')}</option>
          {can('read').map(({ queue }) => (
            <option key={queue.id} value={queue.id}>
              {queue.name}
            </option>
          ))}
        </Choice>
        <Choice label={t('agent-state')} value={asked.state} onChoose={(state) => onAsk({ state })}>
          <option value="open">{t('agent-state-open')}</option>
          <option value="all">{t('agent-state-all')}</option>
          {STATES.map((is) => (
            <option key={is} value={is}>
              {t('agent-ticket-state', { is })}
            </option>
          ))}
        </Choice>
        <Choice label={t('agent-owner')} value={asked.owner} onChoose={(owner) => onAsk({ owner })}>
          <option value="">{t('agent-owner-anybody')}</option>
          <option value="me">{t('agent-owner-me')}</option>
          <option value="nobody">{t('agent-owner-nobody')}</option>
        </Choice>
      </search>
      {problem && (
        <Notice kind="danger" action={<Button onClick={onMore}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <div ref={list} class="card rows tickets">
        {rows.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('agent-ticket')}</th>
                <th scope="col">{t('agent-customer')}</th>
                <th scope="col">{t('agent-queue')}</th>
                <th scope="col">{t('agent-owner')}</th>
                <th scope="col">{t('agent-column-ended')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((ticket) => (
                <Row key={ticket.id} ticket={ticket} />
              ))}
            </tbody>
          </table>
        )}
        <div role="status">
          {rows.length === 0 && state === 'end' && <p class="rows-none">{t('agent-tickets-none')}</p>}
        </div>
        {state !== 'end' && !problem && (
          <div class="rows-more">
            <Button busy={state === 'fetching'} onClick={onMore}>
              {state === 'fetching' ? t('agent-fetching') : t('agent-show-more')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function Row({ ticket }: { ticket: TicketLine }) {
  const { customer, owner, state, priority } = ticket;
  return (
    <tr>
      <th scope="row">
        <Link to={{ at: 'ticket', ticket: ticket.id }} class="ticket-link">
          <bdi>{ticket.title}</bdi>
        </Link>
        <span class="ticket-facts">
          <span class="num">{ticket.number}</span>
          <Badge kind={stateLooks(state)}>{stateWords(state)}</Badge>
          {typeof priority === 'number' && priority !== 3 && (
            <Badge kind={priority > 3 ? 'lamp-soft' : 'count'}>{t('agent-priority-is', { is: priority })}</Badge>
          )}
        </span>
      </th>
      <td class="ticket-customer">
        <bdi>{customer.name ?? customer.email ?? '–'}</bdi>
        {customer.company && (
          <small>
            <bdi>{customer.company}</bdi>
          </small>
        )}
      </td>
      <td class="ticket-queue">
        <bdi>{ticket.queue.name}</bdi>
      </td>
      <td class="ticket-owner">{owner ? <bdi>{owner.name}</bdi> : '–'}</td>
      {ticket.changed_at !== undefined && (
        <td class="ticket-at" title={moment(ticket.changed_at)}>
          {relative(ticket.changed_at, minute.value)}
        </td>
      )}
    </tr>
  );
}
