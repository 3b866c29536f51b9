import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FoundChat, FoundCustomer, TicketLine } from '../api/types.ts';
import { ArchiveSearch } from '../core/archive-search.ts';
import { minute } from '../core/clock.ts';
import type { Desk } from '../core/desk.ts';
import { recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Pages, type PagesState } from '../core/pages.ts';
import { TicketList } from '../core/ticket-list.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Found } from '../ui/Found.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoving } from '../ui/roving.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { Link } from './Link.tsx';
import { PageHead } from './PageHead.tsx';
import { go, type Route } from './routes.ts';
import { stateLooks, stateWords } from './ticket-words.ts';
import { problemOf } from './work.ts';
import './global-search.css';

/** Tickets, customer users and closed chats by the same words, each as far as one may see them. */
export function SearchPage({ desk, q }: { desk: Desk; q: string }) {
  const [tickets] = useState(() => new TicketList(desk.api, true));
  const [chats] = useState(() => new ArchiveSearch(desk.api));
  const [customers] = useState(
    () =>
      new Pages(async (q: string): Promise<{ rows: readonly FoundCustomer[] }> => {
        if (q === '') return { rows: [] };
        return { rows: (await desk.api.call('GET /api/customers', { query: { q } })).customers };
      }),
  );
  const words = q.trim();
  useEffect(() => {
    tickets.ask({ q: words, state: 'all' });
    chats.ask({ q: words });
    customers.ask(words);
  }, [words]);
  useEffect(
    () => () => {
      for (const it of [tickets, chats, customers]) it.stop();
    },
    [],
  );
  const elsewhere = desk.me.value.foreign_desk !== undefined;
  return (
    <>
      <PageHead title={t('agent-search')} />
      <search class="search-page-field">
        <SearchField
          label={t('agent-search-all')}
          value={q}
          maxLength={100}
          onSearch={(q) => go({ at: 'search', q }, 'replace')}
        />
      </search>
      {words === '' ? (
        <p role="status">{t('agent-search-type')}</p>
      ) : (
        <div class="found">
          <Section title={t('agent-tickets')} pages={tickets.pages} none={t('agent-tickets-none')}>
            {tickets.pages.rows.value.map((it) => (
              <Ticket key={it.id} ticket={it} elsewhere={elsewhere} />
            ))}
          </Section>
          <Section title={t('agent-customers')} pages={customers} none={t('agent-customer-not-found')}>
            {customers.rows.value.map((it) => (
              <Customer key={it.id ?? it.login} customer={it} />
            ))}
          </Section>
          <Section
            title={t('agent-archived-chats')}
            pages={{ rows: chats.found, state: chats.state, problem: chats.problem, more: () => chats.more() }}
            none={t('agent-archive-not-found')}
          >
            {chats.found.value.map((it) => (
              <Chat key={it.chat.id} found={it} />
            ))}
          </Section>
        </div>
      )}
    </>
  );
}

interface SectionProps {
  title: string;
  pages: {
    rows: { value: readonly unknown[] };
    state: { value: PagesState };
    problem: { value: unknown };
    more: () => void;
  };
  none: string;
  children: ComponentChildren;
}

/** What one kind of search found, with its own way to more of it. */
function Section({ title, pages, none, children }: SectionProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  useRoving(list, 'a.found-name');
  const state = pages.state.value;
  const count = pages.rows.value.length;
  return (
    <section class="card" aria-labelledby={id} aria-busy={state === 'fetching'}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {count > 0 && <Badge>{state === 'more' ? `${count}+` : count}</Badge>}
      </div>
      {count > 0 && (
        <ul ref={list} class="found-list">
          {children}
        </ul>
      )}
      <div role="status">
        {count === 0 && state === 'fetching' && <p class="found-none">{t('agent-fetching')}</p>}
        {count === 0 && state === 'end' && <p class="found-none">{none}</p>}
      </div>
      {state === 'failed' && (
        <div class="found-more">
          <Notice kind="danger" action={<Button onClick={pages.more}>{t('chat-try-again')}</Button>}>
            {problemOf(pages.problem.value)}
          </Notice>
        </div>
      )}
      {state === 'more' && (
        <div class="found-more">
          <Button size="small" onClick={pages.more}>
            {t('agent-show-more')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  /** Where it leads; nowhere without it. */
  to?: Route | undefined;
  name: string;
  /** At the end of the line. */
  end?: ComponentChildren;
  /** Below the name. */
  children?: ComponentChildren;
}

function Row({ to, name, end, children }: RowProps) {
  return (
    <li class="found-row">
      {to ? (
        <Link to={to} class="found-name">
          <bdi>{name}</bdi>
        </Link>
      ) : (
        <span class="found-name">
          <bdi>{name}</bdi>
        </span>
      )}
      {end ?? <span />}
      {children && <small>{children}</small>}
    </li>
  );
}

function Ticket({ ticket, elsewhere }: { ticket: TicketLine; elsewhere: boolean }) {
  const { customer, queue, state } = ticket;
  return (
    <Row
      to={elsewhere ? undefined : { at: 'ticket', ticket: ticket.id }}
      name={ticket.title}
      end={<Badge kind={stateLooks(state)}>{stateWords(state)}</Badge>}
    >
      <span class="num">{ticket.number}</span>
      {[customer.name ?? customer.email, customer.company, queue.name].filter(Boolean).map((word) => (
        <>
          {' · '}
          <bdi>{word}</bdi>
        </>
      ))}
    </Row>
  );
}

function Customer({ customer }: { customer: FoundCustomer }) {
  const { id, name, company, email } = customer;
  return (
    <Row to={id === undefined ? undefined : { at: 'customer', customer: id }} name={name}>
      {[company, email].filter(Boolean).join(' · ')}
    </Row>
  );
}

function Chat({ found: { chat, entry } }: { found: FoundChat }) {
  return (
    <Row
      to={{ at: 'archived', chat: chat.id }}
      name={chat.with ?? t('agent-nobody-yet')}
      end={<span class="found-at">{recent(chat.last_at, minute.value)}</span>}
    >
      {entry ? <Found parts={entry.text} /> : chat.channel.name}
    </Row>
  );
}
