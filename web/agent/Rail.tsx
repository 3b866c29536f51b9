import Archive from 'lucide/dist/esm/icons/archive.mjs';
import LayoutDashboard from 'lucide/dist/esm/icons/layout-dashboard.mjs';
import Settings from 'lucide/dist/esm/icons/settings.mjs';
import Ticket from 'lucide/dist/esm/icons/ticket.mjs';
import type { ComponentChildren } from 'preact';
import { t } from '../core/i18n.ts';
import { Icon } from '../ui/Icon.tsx';
import { Link } from './Link.tsx';
import { Mark } from './Mark.tsx';
import type { Route } from './routes.ts';
import './rail.css';

interface RailProps {
  route: Route;
  /** They are here and not in a connected ticket system. */
  tickets: boolean;
  administers: boolean;
  /** The chat symbol with its request list. */
  chats: ComponentChildren;
  /** The avatar with the Personalization menu. */
  person: ComponentChildren;
}

/** The organizer sidebar; along the lower edge on a phone. */
export function Rail({ route, tickets, administers, chats, person }: RailProps) {
  return (
    <nav class="rail" aria-label={t('agent-organizer')}>
      <Mark />
      <ul class="rail-list">
        <li>
          <Link to={{ at: 'home' }} class="rail-item" current={route.at === 'home'}>
            <Icon of={LayoutDashboard} />
            {t('agent-home')}
          </Link>
        </li>
        {chats}
        {tickets && (
          <li>
            <Link
              to={{ at: 'tickets' }}
              class="rail-item"
              current={route.at === 'tickets' || route.at === 'ticket' || route.at === 'new-ticket'}
            >
              <Icon of={Ticket} />
              {t('agent-tickets')}
            </Link>
          </li>
        )}
        <li>
          <Link to={{ at: 'archive' }} class="rail-item" current={route.at === 'archive' || route.at === 'archived'}>
            <Icon of={Archive} />
            {t('agent-archive')}
          </Link>
        </li>
        {administers && (
          <li>
            <Link to={{ at: 'admin', part: 'agents' }} class="rail-item" current={route.at === 'admin'}>
              <Icon of={Settings} />
              {t('agent-admin')}
            </Link>
          </li>
        )}
      </ul>
      {person}
    </nav>
  );
}
