import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import ArrowRightLeft from 'lucide/dist/esm/icons/arrow-right-left.mjs';
import Reply from 'lucide/dist/esm/icons/reply.mjs';
import StickyNote from 'lucide/dist/esm/icons/sticky-note.mjs';
import { useEffect, useState } from 'preact/hooks';
import type { AddArticle, ChangeTicket, CustomerUserView, QueueView, TicketView } from '../api/types.ts';
import { renewed, withEarlier } from '../core/articles.ts';
import { Attachments } from '../core/attachments.ts';
import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { Wish } from '../core/wish.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { say } from '../ui/Toasts.tsx';
import { Articles } from './Articles.tsx';
import { Link } from './Link.tsx';
import { keepLooking } from './look-again.ts';
import { NoteForm, type WantedText } from './NoteForm.tsx';
import type { Over } from './OverPage.tsx';
import { PageHead } from './PageHead.tsx';
import { TicketCustomer, TicketHistory, TicketPeople } from './TicketAside.tsx';
import { TicketChange } from './TicketChange.tsx';
import { stateLooks, stateWords } from './ticket-words.ts';
import { problemOf, type Work } from './work.ts';
import './ticket.css';

interface TicketPageProps {
  work: Work;
  ticket: string;
  onOver: (over: Over) => void;
}

/** A ticket's detail view, kept up while it is there. */
export function TicketPage({ work, ticket, onOver }: TicketPageProps) {
  const { desk } = work;
  const [seen, setSeen] = useState<TicketView>();
  const [customer, setCustomer] = useState<CustomerUserView>();
  const [queues, setQueues] = useState<readonly QueueView[]>([]);
  const [problem, setProblem] = useState<string>();
  const [wish] = useState(() => new Wish());
  const [wanted, setWanted] = useState<WantedText>();
  const [files] = useState(() => new Attachments(desk.api));

  async function look() {
    try {
      const seen = await desk.api.call('GET /api/tickets/{ticket}', { ticket, query: {} });
      const person = seen.customer.person;
      // Who he is stands in the ticket; what is known of him beyond that may be missing.
      const customer = person
        ? await desk.api.call('GET /api/customers/{customer}', { customer: person, query: {} }).catch(() => undefined)
        : undefined;
      return { seen, customer };
    } catch (error) {
      return { error };
    }
  }
  function show(answer: Awaited<ReturnType<typeof look>>) {
    const { seen } = answer;
    if (seen) {
      setSeen((shown) => renewed(shown, seen));
      setCustomer(answer.customer);
      // What is shown stays while the server cannot answer.
    } else if (answer.error instanceof Refusal && answer.error.problem.code === 'not_found') setSeen(undefined);
    setProblem(seen ? undefined : problemOf(answer.error));
  }
  async function earlier() {
    const before = seen?.articles[0]?.n;
    const page = await desk.api.call('GET /api/tickets/{ticket}', { ticket, query: { before } });
    setSeen((shown) => shown && withEarlier(shown, before, page));
  }
  useEffect(() => keepLooking(desk, look, show), []);
  useEffect(() => {
    desk.api.call('GET /api/queues', { query: {} }).then(
      ({ queues }) => setQueues(queues),
      () => {},
    );
  }, []);

  /** Answers with what went wrong, if anything; what the ticket is now is shown in any case. */
  async function and(what: Promise<unknown>, done: string): Promise<string | undefined> {
    try {
      await what;
      say(done);
      return undefined;
    } catch (error) {
      return problemOf(error);
    } finally {
      show(await look());
    }
  }
  const change = (body: ChangeTicket) =>
    and(desk.api.call('POST /api/tickets/{ticket}/change', { ticket, body }), t('agent-ticket-changed'));
  async function write(body: Omit<AddArticle, 'cid'>) {
    const { n } = await wish.once(body, (cid) =>
      desk.api.call('POST /api/tickets/{ticket}/articles', { ticket, body: { cid, ...body } }),
    );
    // The article is there; what of the files is not attached stays in sight.
    await files.sendTo(ticket, n);
  }
  const note = (body: Omit<AddArticle, 'cid'>) =>
    and(write(body), t(body.visible || body.email ? 'agent-reply-written' : 'agent-note-written'));

  return (
    <>
      <Link to={{ at: 'tickets' }} class="back">
        <Icon of={ArrowLeft} directional />
        {t('agent-tickets')}
      </Link>
      <PageHead
        key={seen?.id}
        title={seen?.title ?? t('agent-ticket')}
        acts={seen && <Acts can={seen.can} onWrite={setWanted} />}
        below={
          seen && (
            <p class="ticket-standing">
              <span class="num">{seen.number}</span>
              <Badge kind={stateLooks(seen.state)}>{stateWords(seen.state)}</Badge>
            </p>
          )
        }
      />
      {problem && !seen && <Notice kind="danger">{problem}</Notice>}
      {seen && (
        <div class="ticket">
          <div class="ticket-column">
            <Articles ticket={seen} api={desk.api} onEarlier={earlier} />
            {seen.can.includes('note') && (
              <NoteForm
                subject={seen.title}
                wanted={wanted}
                whom={seen.customer.name ?? seen.customer.email}
                address={desk.me.value.mail ? seen.customer.email : undefined}
                files={files}
                onWrite={note}
                onAgain={() => void files.again().then(look).then(show)}
              />
            )}
            <TicketHistory history={seen.history} />
          </div>
          <div class="ticket-column">
            <TicketCustomer
              customer={seen.customer}
              known={customer}
              onChat={(person) => onOver({ is: 'request-chat', person, ticket: seen })}
            />
            <TicketChange ticket={seen} queues={queues} onChange={change} />
            <TicketPeople
              people={seen.people}
              onChat={(person) => onOver({ is: 'request-chat', person, ticket: seen })}
            />
          </div>
        </div>
      )}
      {!seen && !problem && <p role="status">{t('agent-fetching')}</p>}
    </>
  );
}

interface ActsProps {
  can: TicketView['can'];
  onWrite: (wanted: WantedText) => void;
}

/** What is most often done with a ticket, above all that was written in it: each leads to where it is done. */
function Acts({ can, onWrite }: ActsProps) {
  const why = (what: ActsProps['can'][number]) => (can.includes(what) ? undefined : t('agent-ticket-why'));
  return (
    <>
      <Button icon={StickyNote} why={why('note')} onClick={() => onWrite({ is: 'note' })}>
        {t('agent-note')}
      </Button>
      <Button icon={ArrowRightLeft} why={why('change')} onClick={() => goTo('#ticket-queue select')}>
        {t('agent-ticket-move')}
      </Button>
      <Button kind="primary" icon={Reply} why={why('note')} onClick={() => onWrite({ is: 'reply' })}>
        {t('agent-reply')}
      </Button>
    </>
  );
}

function goTo(what: string): void {
  document.querySelector<HTMLElement>(what)?.focus();
}
