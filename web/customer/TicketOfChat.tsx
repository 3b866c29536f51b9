import { useState } from 'preact/hooks';
import type { ChatStore } from '../core/chat.ts';
import { askedFirst } from '../core/first-words.ts';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Link } from './Link.tsx';
import { NewTicket, titleOf } from './new-ticket.ts';
import { TicketForm } from './TicketForm.tsx';
import './ticket-of-chat.css';

/** Makes a ticket of a conversation that has ended, and says its number. */
export function TicketOfChat({ chat, lobby }: { chat: ChatStore; lobby: Lobby }) {
  const [ticket, setTicket] = useState<NewTicket>();
  const [open, setOpen] = useState(false);
  const made = ticket?.made.value;

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
            {made.id && <Link to={{ at: 'ticket', ticket: made.id }}>{t('customer-ticket-show')}</Link>}
          </p>
        )}
      </div>
      {!made && <Button onClick={begin}>{t('customer-ticket-of-chat')}</Button>}
      {open && ticket && !made && (
        <Dialog title={t('customer-ticket-of-chat')} onClose={() => setOpen(false)}>
          <TicketForm ticket={ticket} hint={t('customer-ticket-of-chat-hint')} onCancel={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}
