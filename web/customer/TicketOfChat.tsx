import { useState } from 'preact/hooks';
import type { TicketRef } from '../api/types.ts';
import type { ChatStore } from '../core/chat.ts';
import { askedFirst } from '../core/first-words.ts';
import { lang, t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { Refusal } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FilesLeft } from '../ui/FilesLeft.tsx';
import { Notice } from '../ui/Notice.tsx';
import { whyNot } from '../ui/why-not.ts';
import { Link } from './Link.tsx';
import { NewTicket, titleOf } from './new-ticket.ts';
import { TicketForm } from './TicketForm.tsx';
import { putIn } from './ticket.ts';
import './ticket-of-chat.css';

interface TicketOfChatProps {
  chat: ChatStore;
  lobby: Lobby;
}

/** Puts a conversation that has ended into a ticket: into the one it is about while that takes it, else into a new one. */
export function TicketOfChat(props: TicketOfChatProps) {
  const ticket = props.chat.view.value?.ticket;
  return ticket ? <IntoItsTicket {...props} ticket={ticket} /> : <IntoNewTicket {...props} />;
}

function IntoItsTicket({ chat, lobby, ticket }: TicketOfChatProps & { ticket: TicketRef }) {
  const [state, setState] = useState<'busy' | 'there' | 'closed'>();
  const [problem, setProblem] = useState<string>();
  async function add() {
    setState('busy');
    setProblem(undefined);
    try {
      const body = { chat: chat.id, language: lang.peek() };
      await lobby.api.call('POST /api/my/tickets/{ticket}/chats', { ticket: ticket.id, body });
      putIn.value++;
      setState('there');
    } catch (error) {
      if (error instanceof Refusal && error.problem.code === 'ticket_closed') return setState('closed');
      setState(undefined);
      setProblem(whyNot(error));
    }
  }
  // He cannot open it again: a new one takes the conversation just as well.
  if (state === 'closed') {
    return (
      <>
        <div role="alert">
          <Notice>{t('customer-ticket-closed', { number: ticket.number })}</Notice>
        </div>
        <IntoNewTicket chat={chat} lobby={lobby} />
      </>
    );
  }
  return (
    <>
      <div class="ticket-of-chat" role="status">
        {state === 'there' && (
          <p>
            {t('customer-ticket-has-chat', { number: ticket.number })}{' '}
            <Link to={{ at: 'ticket', ticket: ticket.id }}>{t('customer-ticket-show')}</Link>
          </p>
        )}
      </div>
      {problem !== undefined && (
        <div role="alert">
          <Notice kind="danger">{problem}</Notice>
        </div>
      )}
      {state !== 'there' && (
        <Button busy={state === 'busy'} onClick={() => void add()}>
          {t('customer-ticket-add-chat', { number: ticket.number })}
        </Button>
      )}
    </>
  );
}

/** Makes a ticket of a conversation that has ended, and says its number. */
function IntoNewTicket({ chat, lobby }: TicketOfChatProps) {
  const [ticket, setTicket] = useState<NewTicket>();
  const [open, setOpen] = useState(false);
  const made = ticket?.made.value;
  const done = ticket?.done.value;

  function begin() {
    setTicket(
      (had) =>
        had ??
        new NewTicket(lobby.api, lobby.drafts, {
          ...{ draft: `ticket-of ${chat.id}`, chat: chat.id, title: titleOf(askedFirst(chat)) },
        }),
    );
    setOpen(true);
  }

  return (
    <>
      <div class="ticket-of-chat" role="status">
        {made && (
          <p>
            {t('customer-ticket-made', { number: made.number ?? 'none' })}{' '}
            {done && made.id && <Link to={{ at: 'ticket', ticket: made.id }}>{t('customer-ticket-show')}</Link>}
          </p>
        )}
      </div>
      {ticket && made && !done && (
        <FilesLeft files={ticket.files} onAgain={() => void ticket.again()} onWithout={() => ticket.without()} />
      )}
      {!made && <Button onClick={begin}>{t('customer-ticket-of-chat')}</Button>}
      {open && ticket && !made && (
        <Dialog title={t('customer-ticket-of-chat')} onClose={() => setOpen(false)}>
          <TicketForm
            ticket={ticket}
            hint={t('customer-ticket-of-chat-hint')}
            takesFiles={!lobby.me.value.foreign_desk}
            onCancel={() => setOpen(false)}
          />
        </Dialog>
      )}
    </>
  );
}
