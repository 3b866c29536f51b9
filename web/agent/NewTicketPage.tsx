import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type {
  ChatView,
  MakeTicket,
  Me,
  PersonRef,
  QueueView,
  TicketChoices,
  TicketRef,
  TicketState,
  TicketType,
} from '../api/types.ts';
import { Attachments } from '../core/attachments.ts';
import { t } from '../core/i18n.ts';
import { Wish } from '../core/wish.ts';
import { Attach } from '../ui/Attach.tsx';
import { ChosenFiles } from '../ui/Attachments.tsx';
import { Button } from '../ui/Button.tsx';
import { FilesLeft } from '../ui/FilesLeft.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Log } from '../ui/Log.tsx';
import { Notice } from '../ui/Notice.tsx';
import { inWords } from '../ui/problem.ts';
import { fileIn } from '../ui/SentFile.tsx';
import { say } from '../ui/Toasts.tsx';
import { Choice } from './Choice.tsx';
import { asked, CustomerPicker, type Whose } from './CustomerPicker.tsx';
import { EntryChoice } from './EntryChoice.tsx';
import { agents } from './entries.ts';
import { Link } from './Link.tsx';
import { titleOf, whomOf } from './members.ts';
import { PageHead } from './PageHead.tsx';
import { go, type Route } from './routes.ts';
import { fromField, PRIORITIES, STATES, TYPES, toField, usual, waits } from './ticket-words.ts';
import { inDoubt, problemOf, type Work } from './work.ts';
import '../ui/field.css';
import './text-field.css';
import './ticket.css';

interface NewTicketPageProps {
  work: Work;
  of: Extract<Route, { at: 'new-ticket' }>;
}

interface Draft {
  title: string;
  text: string;
  queue: string;
  state: TicketState;
  until: number | undefined;
  priority: number;
  type: TicketType;
  /** By the names of a connected ticket system. */
  there: { state?: string; priority?: string };
  /** Ids; logins in a connected ticket system. */
  owner?: string;
  responsible?: string;
  whose: Whose;
  keepOpen: boolean;
  /** What of the chat goes along; everything where it is not there. */
  taken?: readonly number[] | undefined;
}

/** A phone ticket; of a chat it is filled in from there, and takes the chat along. */
export function NewTicketPage({ work, of }: NewTicketPageProps) {
  const { desk } = work;
  const [queues, setQueues] = useState<readonly QueueView[]>();
  const [choices, setChoices] = useState<TicketChoices>();
  const [ours, setOurs] = useState<readonly PersonRef[]>([]);
  const [wish] = useState(() => new Wish());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [again, setAgain] = useState(false);
  const [files] = useState(() => new Attachments(desk.api));
  /** It is there, and its files are on their way. */
  const [made, setMade] = useState<TicketRef>();
  const [store] = useState(() => (of.chat === undefined ? undefined : desk.open(of.chat)));
  const chat = store?.view.value;
  const [draft, setDraft] = useState<Draft>({
    ...{ title: '', text: '', queue: '', state: 'open', until: undefined, priority: 3, type: 'unclassified' },
    ...{ there: {}, whose: { is: 'person', id: '', name: '' }, keepOpen: false },
  });
  const put = (change: Partial<Draft>) => {
    setAgain(false);
    setDraft((draft) => ({ ...draft, ...change }));
  };
  useEffect(() => {
    desk.api.call('GET /api/queues', { query: {} }).then(
      ({ queues, choices }) => {
        setQueues(queues.filter(({ valid, can }) => valid && can.includes('create')));
        setChoices(choices);
      },
      (error) => setProblem(problemOf(error)),
    );
    if (of.customer !== undefined) {
      desk.api.call('GET /api/customers/{customer}', { customer: of.customer, query: {} }).then(
        ({ id, name }) => put({ whose: { is: 'person', id, name } }),
        (error) => setProblem(problemOf(error)),
      );
    }
    return () => {
      const chat = of.chat;
      if (chat !== undefined && !work.windows.list.peek().some((window) => window.chat === chat)) desk.close(chat);
    };
  }, []);
  useEffect(() => {
    if (!chat) return;
    // What somebody has filled in meanwhile stays.
    setDraft((draft) => ({
      ...draft,
      ...(draft.whose.is === 'person' && draft.whose.id === '' && { whose: whoseIs(chat) }),
      ...(draft.title === '' && { title: t('agent-chat-with', { name: titleOf(chat) }) }),
    }));
  }, [chat?.id]);
  const queue = draft.queue || likeliest(queues ?? [], desk.me.value, chat);
  const here = queues !== undefined && choices === undefined;
  useEffect(() => {
    if (!here || queue === undefined) return;
    let shown = true;
    desk.api.call('GET /api/queues', { query: { agents_of: queue } }).then(
      ({ agents }) => shown && setOurs(agents ?? []),
      // A ticket can be made without, and be given to somebody later.
      () => {},
    );
    return () => {
      shown = false;
    };
  }, [here, queue]);
  const readers = choices ? choices.agents.map(({ login, name }) => ({ id: login, name: name || login })) : ours;
  // Who cannot read tickets of this queue was chosen for another one.
  const [owner, responsible] = [draft.owner, draft.responsible].map((is) => readers.find(({ id }) => id === is)?.id);
  const there = {
    state: draft.there.state ?? usual(choices?.states ?? [], 'open'),
    priority: draft.there.priority ?? usual(choices?.priorities ?? [], 'normal'),
  };
  const pends = choices ? choices.waiting.includes(there.state ?? '') : waits(draft.state);
  const running = chat !== undefined && chat.state !== 'closed';
  const lost = store?.gone.value ? t('agent-chat-gone') : store?.problem.value && inWords(store.problem.value);

  const toTicket = () => made && go({ at: 'ticket', ticket: made.id });
  const left = files.items.value.length;
  // Before it is painted. Who has gone elsewhere meanwhile stays there.
  useLayoutEffect(() => {
    if (!busy && left === 0) toTicket();
  }, [made, busy, left]);

  async function make() {
    if (busy) return;
    if (store && !chat) return setProblem(lost ?? t('agent-fetching'));
    const missing = [
      [draft.taken?.length === 0, 'agent-part-missing'],
      [draft.title.trim() === '', 'agent-title-missing'],
      [draft.text.trim() === '', 'agent-text-missing'],
      [draft.whose.is === 'person' && draft.whose.id === '', 'agent-customer-missing'],
      [pends && draft.until === undefined, 'agent-pending-when'],
    ] as const;
    const first = missing.find(([missing]) => missing);
    if (first) return setProblem(t(first[1]));
    if (queue === undefined) return setProblem(t('agent-no-queue'));
    const customer = asked(draft.whose);
    const body: Omit<MakeTicket, 'cid'> = {
      ...{ title: draft.title, text: draft.text, queue },
      ...(choices
        ? {
            ...(there.state !== undefined && { state: { name: there.state } }),
            ...(there.priority !== undefined && { priority: { name: there.priority } }),
          }
        : { state: draft.state, priority: draft.priority, type: draft.type }),
      ...(owner && { owner: choices ? { login: owner } : owner }),
      ...(responsible && { responsible: choices ? { login: responsible } : responsible }),
      ...(pends && draft.until !== undefined && { pending_until: draft.until }),
      ...(customer && { customer }),
      ...(of.chat !== undefined && {
        chat: {
          chat: of.chat,
          language: document.documentElement.lang,
          ...(running && draft.keepOpen && { keep_open: true }),
          ...(draft.taken && { entries: [...draft.taken] }),
        },
      }),
    };
    setBusy(true);
    try {
      const made = await wish.once(body, (cid) => desk.api.call('POST /api/tickets', { body: { cid, ...body } }));
      say(t('agent-ticket-made', { number: made.number }));
      if (choices) return go({ at: 'home' });
      setMade(made);
      // The text is its first article; what of the files is not attached stays in sight.
      await files.sendTo(made.id, 1);
      setBusy(false);
    } catch (error) {
      setProblem(problemOf(error));
      setAgain(inDoubt(error));
      setBusy(false);
    }
  }

  async function attachAgain() {
    if (busy) return;
    setBusy(true);
    await files.again();
    setBusy(false);
  }

  const head = (
    <>
      <Link to={{ at: desk.me.value.foreign_desk ? 'home' : 'tickets' }} class="back">
        <Icon of={ArrowLeft} directional />
        {t(desk.me.value.foreign_desk ? 'agent-home' : 'agent-tickets')}
      </Link>
      <PageHead title={t('agent-phone-ticket')} />
    </>
  );
  if (made) {
    return (
      <>
        {head}
        <div class="card ticket-form new-ticket">
          <FilesLeft files={files} onAgain={() => void attachAgain()} onWithout={toTicket}>
            <Notice>{t('agent-ticket-made', { number: made.number })}</Notice>
          </FilesLeft>
        </div>
      </>
    );
  }
  return (
    <>
      {head}
      {lost && <Notice kind="danger">{lost}</Notice>}
      {queues?.length === 0 && <Notice kind="danger">{t('agent-no-queue')}</Notice>}
      <form
        class="card ticket-form new-ticket"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <CustomerPicker api={desk.api} whose={draft.whose} onPick={(whose) => put({ whose })} />
        <div class="ticket-pair">
          <Choice label={t('agent-queue')} value={queue ?? ''} onChoose={(queue) => put({ queue })}>
            {queues?.map(({ queue }) => (
              <option key={queue.id} value={queue.id}>
                {queue.name}
              </option>
            ))}
          </Choice>
          {choices === undefined && (
            <Choice
              label={t('agent-ticket-type')}
              value={draft.type}
              onChoose={(type) => put({ type: type as TicketType })}
            >
              {TYPES.map((is) => (
                <option key={is} value={is}>
                  {t('agent-ticket-type-is', { is })}
                </option>
              ))}
            </Choice>
          )}
        </div>
        <div class="field">
          <label for="new-title">{t('agent-title')}</label>
          <input
            id="new-title"
            dir="auto"
            maxLength={191}
            value={draft.title}
            onInput={(event) => put({ title: event.currentTarget.value })}
          />
        </div>
        <div class="field">
          <label for="new-text">{t('agent-text')}</label>
          <textarea
            id="new-text"
            class="text-field text-field-tall"
            dir="auto"
            rows={5}
            maxLength={10_000}
            value={draft.text}
            onInput={(event) => put({ text: event.currentTarget.value })}
          />
        </div>
        {choices ? (
          <div class="ticket-pair">
            <NameChoice
              label={t('agent-state')}
              names={choices.states}
              value={there.state}
              onChoose={(state) => put({ there: { ...draft.there, state } })}
            />
            <NameChoice
              label={t('agent-priority')}
              names={choices.priorities}
              value={there.priority}
              onChoose={(priority) => put({ there: { ...draft.there, priority } })}
            />
          </div>
        ) : (
          <div class="ticket-pair">
            <Choice
              label={t('agent-state')}
              value={draft.state}
              onChoose={(state) => put({ state: state as TicketState })}
            >
              {STATES.map((is) => (
                <option key={is} value={is}>
                  {t('agent-ticket-state', { is })}
                </option>
              ))}
            </Choice>
            <Choice
              label={t('agent-priority')}
              value={String(draft.priority)}
              onChoose={(priority) => put({ priority: Number(priority) })}
            >
              {PRIORITIES.map((is) => (
                <option key={is} value={String(is)}>
                  {t('agent-priority-is', { is })}
                </option>
              ))}
            </Choice>
          </div>
        )}
        {pends && (
          <div class="field">
            <label for="new-until">{t('agent-pending-until')}</label>
            <input
              id="new-until"
              type="datetime-local"
              value={draft.until === undefined ? '' : toField(draft.until)}
              onInput={(event) => put({ until: fromField(event.currentTarget.value) })}
            />
          </div>
        )}
        {readers.length > 0 && (
          <div class="ticket-pair">
            <AgentChoice label={t('agent-owner')} agents={readers} value={owner} onChoose={(owner) => put({ owner })} />
            {(choices?.responsible ?? true) && (
              <AgentChoice
                label={t('agent-responsible')}
                agents={readers}
                value={responsible}
                onChoose={(responsible) => put({ responsible })}
              />
            )}
          </div>
        )}
        {chat && store && (
          <>
            <Notice kind="accent">
              {t('agent-ticket-with-chat', { chat: running && !draft.keepOpen ? 'closes' : 'stays' })}
            </Notice>
            <div class="new-ticket-chat">
              <Log
                label={t('agent-history', { name: titleOf(chat) })}
                lines={store.lines.value}
                members={chat.members}
                side={agents}
                seen={chat.seen}
                file={fileIn(chat.id, desk.api)}
              />
            </div>
            <EntryChoice chat={store} taken={draft.taken} onTake={(taken) => put({ taken })} />
            {running && (
              <label class="tick">
                <input
                  type="checkbox"
                  checked={draft.keepOpen}
                  onChange={(event) => put({ keepOpen: event.currentTarget.checked })}
                />
                {t('agent-keep-open')}
              </label>
            )}
          </>
        )}
        <ChosenFiles files={files} onAgain={() => void attachAgain()} />
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div class="ticket-do">
          <Button type="submit" kind="primary" busy={busy}>
            {t(again ? 'chat-try-again' : 'agent-ticket-make')}
          </Button>
          {here && <Attach onFiles={(chosen) => files.add(chosen)} />}
        </div>
      </form>
    </>
  );
}

interface NameChoiceProps {
  label: string;
  names: readonly string[];
  value: string | undefined;
  onChoose: (name: string) => void;
}

/** One of the names that a connected ticket system has; nothing where it does not tell any. */
function NameChoice({ label, names, value, onChoose }: NameChoiceProps) {
  if (value === undefined) return null;
  return (
    <Choice label={label} value={value} onChoose={onChoose}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Choice>
  );
}

interface AgentChoiceProps {
  label: string;
  agents: readonly PersonRef[];
  value: string | undefined;
  onChoose: (id: string) => void;
}

/** One of the agents whom it can be given to, or nobody. */
function AgentChoice({ label, agents, value, onChoose }: AgentChoiceProps) {
  return (
    <Choice label={label} value={value ?? ''} onChoose={onChoose}>
      <option value="">{t('agent-owner-nobody')}</option>
      {agents.map(({ id, name }) => (
        <option key={id} value={id} translate={false}>
          {name}
        </option>
      ))}
    </Choice>
  );
}

/** The queue of the chat's channel, else one of a channel of one's own, else the first. */
function likeliest(queues: readonly QueueView[], me: Me, chat: ChatView | undefined): string | undefined {
  const mine = new Set((me.channels ?? []).map(({ channel }) => channel.id));
  const of = (fits: (queue: QueueView) => boolean) => queues.find(fits)?.queue.id;
  return (
    of(({ channel }) => channel !== undefined && channel === chat?.channel.id) ??
    of(({ channel }) => channel !== undefined && mine.has(channel)) ??
    queues[0]?.queue.id
  );
}

/** Whom a chat's ticket is for. */
function whoseIs(chat: ChatView): Whose {
  const whom = whomOf(chat);
  if (whom?.kind === 'customer_user' && whom.person) return { is: 'person', id: whom.person, name: whom.name };
  if (whom?.kind === 'public_user') return { is: 'address', name: whom.name, email: '' };
  return { is: 'nobody' };
}
