import type { TicketState } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Badge } from '../ui/Badge.tsx';

/** How a ticket stands, in the few words that matter to its customer. */
export function TicketStateBadge({ state }: { state: TicketState }) {
  const over = state.startsWith('closed') || state === 'merged' || state === 'removed';
  return <Badge kind={over ? 'count' : 'accent'}>{t('customer-ticket-state', { state })}</Badge>;
}
