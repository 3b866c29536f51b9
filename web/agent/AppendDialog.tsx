import { useEffect, useId, useState } from 'preact/hooks';
import type { ChatView, TicketLine } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { TicketList } from '../core/ticket-list.ts';
import { Wish } from '../core/wish.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { say } from '../ui/Toasts.tsx';
import { EntryChoice } from './EntryChoice.tsx';
import { whomOf } from './members.ts';
import { stateWords } from './ticket-words.ts';
import { useSave } from './use-save.ts';
import { inDoubt, problemOf, type Work } from './work.ts';
import '../ui/field.css';
import './append-dialog.css';
import './invite-dialog.css';

interface AppendDialogProps {
  work: Work;
  chat: string;
  onClose: () => void;
}

/** Puts a chat into a ticket that is there. */
export function AppendDialog({ work, chat, onClose }: AppendDialogProps) {
  const id = useId();
  const { api } = work.desk;
  const there = work.desk.me.value.foreign_desk !== undefined;
  const [list] = useState(() => new TicketList(api, there));
  const [wish] = useState(() => new Wish());
  const [ticket, setTicket] = useState<string>();
  const [keepOpen, setKeepOpen] = useState(false);
  const [taken, setTaken] = useState<readonly number[]>();
  const [again, setAgain] = useState(false);
  /** The ticket is somebody else's: the server asks whether it is meant, or it was said to be. */
  const [other, setOther] = useState<'asked' | 'meant'>();
  const { busy, problem, setProblem, save } = useSave(onClose);
  useEffect(() => () => list.stop(), []);
  const store = work.desk.find(chat);
  const view = store?.view.value;
  const running = view?.state !== 'closed';
  const [own, setOwn] = useState<readonly TicketLine[]>([]);
  const about = view?.ticket;
  useEffect(() => {
    if (!about) return;
    api.call('GET /api/tickets', { query: { q: about.number, state: 'all' } }).then(
      ({ tickets }) => setOwn(tickets.filter(({ id }) => id === about.id)),
      // The list shows it too.
      () => {},
    );
  }, [about?.id]);
  // The ticket that the chat is about comes first, unless something else is searched.
  const first = list.asked.value.q.trim() === '' ? own : [];
  const found = list.pages.rows.value.filter(({ id }) => !first.some((own) => own.id === id));
  const rows = [...first, ...found].filter(({ can_append }) => can_append);
  const state = list.pages.state.value;
  // What is not shown any more is not what he means.
  const row = rows.find(({ id }) => id === ticket);
  const chosen = row?.id;
  const warning = row && view && strangers(view, row);
  const asks = other === 'asked' && problem !== undefined && chosen !== undefined;

  function take(taken: readonly number[] | undefined) {
    setTaken(taken);
    setProblem(undefined);
    setOther(undefined);
  }

  async function append(ticket: string, meant = other === 'meant'): Promise<string | undefined> {
    if (taken?.length === 0) return t('agent-part-missing');
    const into = {
      ...{ chat, language: document.documentElement.lang },
      ...(keepOpen && running && { keep_open: true }),
      ...(taken && { entries: [...taken] }),
      ...(meant && { other_customer: true }),
    };
    try {
      const { number } = await wish.once({ ticket, into }, (cid) =>
        api.call('POST /api/tickets/{ticket}/chats', { ticket, body: { cid, chat: into } }),
      );
      say(t('agent-appended', { number }));
      return undefined;
    } catch (error) {
      setAgain(inDoubt(error));
      const asks = error instanceof Refusal && error.problem.code === 'other_customer';
      setOther(asks ? 'asked' : meant ? 'meant' : undefined);
      return (asks && warning) || problemOf(error);
    }
  }

  return (
    <Dialog
      title={t('agent-append-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button
            kind="primary"
            busy={busy}
            onClick={() => (chosen === undefined ? setProblem(t('agent-append-which')) : void save(append(chosen)))}
          >
            {t(again ? 'chat-try-again' : 'agent-append')}
          </Button>
        </>
      }
    >
      <div class="field">
        <label for={`${id}-search`}>{t('agent-append-search')}</label>
        <input
          id={`${id}-search`}
          type="search"
          autofocus
          autocomplete="off"
          dir="auto"
          maxLength={200}
          value={list.asked.value.q}
          onInput={(event) => list.ask({ q: event.currentTarget.value })}
        />
      </div>
      <fieldset class="invite-people">
        <legend class="quiet">{t('agent-tickets')}</legend>
        {rows.map((row) => (
          <label key={row.id}>
            <input
              type="radio"
              name={`${id}-ticket`}
              checked={row.id === chosen}
              onChange={() => {
                setTicket(row.id);
                setProblem(undefined);
                setAgain(false);
                setOther(undefined);
              }}
            />
            <span>
              <bdi>{row.title}</bdi>
              <small>
                {[row.number, row.customer.name ?? row.customer.email, row.queue.name, stateWords(row.state)]
                  .filter((it) => it !== undefined)
                  .flatMap((it, n) => [n > 0 && ' · ', <bdi key={it}>{it}</bdi>])}
              </small>
            </span>
          </label>
        ))}
        <p role="status">
          {state === 'fetching'
            ? t('agent-fetching')
            : state === 'failed'
              ? problemOf(list.pages.problem.value)
              : rows.length === 0
                ? t(there && list.asked.value.q.trim() === '' ? 'agent-append-type' : 'agent-append-none')
                : ''}
        </p>
        {state === 'more' && <Button onClick={() => list.pages.more()}>{t('agent-show-more')}</Button>}
      </fieldset>
      {store && <EntryChoice chat={store} taken={taken} onTake={take} />}
      {running && (
        <label class="tick">
          <input type="checkbox" checked={keepOpen} onChange={(event) => setKeepOpen(event.currentTarget.checked)} />
          {t('agent-keep-open')}
        </label>
      )}
      <p class="field-hint">{t('agent-append-hint', { chat: running && !keepOpen ? 'closes' : 'stays' })}</p>
      <div class="append-warning" role="status">
        {warning && !asks && <Notice>{warning}</Notice>}
      </div>
      {asks && (
        <div role="alert">
          <Notice
            kind="danger"
            action={
              <Button busy={busy} onClick={() => void save(append(chosen, true))}>
                {t('agent-append-anyway')}
              </Button>
            }
          >
            {problem}
          </Notice>
        </div>
      )}
      {problem && !asks && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

/** Says who could read what was said where the ticket is not of the chat's customer, as far as both are known. */
function strangers(chat: ChatView, { customer }: TicketLine): string | undefined {
  const whom = whomOf(chat);
  const name = customer.name ?? customer.email;
  if (whom?.kind !== 'customer_user' || name === undefined) return undefined;
  const same = customer.person === undefined ? whom.name === name : whom.person === customer.person;
  if (same || (whom.company !== undefined && whom.company === customer.company)) return undefined;
  return t('agent-append-other', { customer: name, name: whom.name });
}
