import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { Icon } from '../ui/Icon.tsx';
import { Link } from './Link.tsx';
import { NewTicket } from './new-ticket.ts';
import { go } from './routes.ts';
import { TicketForm } from './TicketForm.tsx';

export function NewTicketPage({ lobby }: { lobby: Lobby }) {
  const [ticket] = useState(() => new NewTicket(lobby.api, lobby.drafts, { draft: 'new-ticket' }));
  const made = ticket.made.value;
  useEffect(() => {
    if (made) go({ at: 'ticket', ticket: made.id });
  }, [made]);
  return (
    <>
      <Link to={{ at: 'tickets', whose: 'mine' }} class="back-link">
        <Icon of={ArrowLeft} directional />
        {t('customer-tickets')}
      </Link>
      <h1 tabIndex={-1}>{t('customer-ticket-new')}</h1>
      <p class="home-text">{t('customer-ticket-new-text')}</p>
      <TicketForm ticket={ticket} onCancel={() => go({ at: 'tickets', whose: 'mine' })} />
    </>
  );
}
