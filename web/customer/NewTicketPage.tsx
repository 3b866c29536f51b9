import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { FilesLeft } from '../ui/FilesLeft.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Link } from './Link.tsx';
import { NewTicket } from './new-ticket.ts';
import { go, type Route } from './routes.ts';
import { TicketForm } from './TicketForm.tsx';

export function NewTicketPage({ lobby }: { lobby: Lobby }) {
  const [ticket] = useState(() => new NewTicket(lobby.api, lobby.drafts, { draft: 'new-ticket' }));
  const end = useRef<HTMLDivElement>(null);
  const made = ticket.made.value;
  const done = ticket.done.value;
  useEffect(() => {
    if (!made || !done) return;
    if (made.id) go({ at: 'ticket', ticket: made.id });
    // It has no page here, and the form with the keyboard is gone.
    else end.current?.focus();
  }, [made, done]);
  const told = made && <Notice>{t('customer-ticket-made', { number: made.number ?? 'none' })}</Notice>;
  const back: Route = lobby.me.value.foreign_desk ? { at: 'home' } : { at: 'tickets', whose: 'mine' };
  return (
    <>
      <Link to={back} class="back-link">
        <Icon of={ArrowLeft} directional />
        {t(back.at === 'home' ? 'customer-all' : 'customer-tickets')}
      </Link>
      <h1 tabIndex={-1}>{t('customer-ticket-new')}</h1>
      {done ? (
        <div ref={end} class="ticket-form" tabIndex={-1}>
          {told}
        </div>
      ) : made ? (
        <div class="ticket-form">
          <FilesLeft files={ticket.files} onAgain={() => void ticket.again()} onWithout={() => ticket.without()}>
            {told}
          </FilesLeft>
        </div>
      ) : (
        <>
          <p class="home-text">{t('customer-ticket-new-text', { desk: back.at === 'home' ? 'there' : 'here' })}</p>
          <TicketForm ticket={ticket} takesFiles={!lobby.me.value.foreign_desk} onCancel={() => go(back)} />
        </>
      )}
    </>
  );
}
