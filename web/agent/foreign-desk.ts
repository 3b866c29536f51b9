/** The ticket system of others that has the tickets, if there is one. */
import { signal } from '@preact/signals';
import type { ForeignDesk, TicketThere } from '../api/types.ts';

export const foreignDesk = signal<ForeignDesk | undefined>(undefined);

/** Where a ticket is shown there, as far as that is known. */
export function linkTo({ kind, id }: TicketThere): string | undefined {
  const desk = foreignDesk.value;
  return desk?.kind === kind ? desk.ticket_link?.replace('{id}', encodeURIComponent(id)) : undefined;
}
