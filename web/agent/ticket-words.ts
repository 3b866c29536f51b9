/** How tickets are shown. */
import type { TicketState } from '../api/types.ts';

/** Those that somebody sets by hand. */
export const STATES: readonly TicketState[] = [
  'new',
  'open',
  'pending_reminder',
  'pending_auto_close_successful',
  'pending_auto_close_unsuccessful',
  'closed_successful',
  'closed_unsuccessful',
];

export const PRIORITIES = [1, 2, 3, 4, 5] as const;

/** Needs a date until which it waits. */
export function waits(state: TicketState): boolean {
  return state.startsWith('pending');
}

export function stateLooks(state: TicketState): 'accent' | 'lamp-soft' | 'count' {
  if (state === 'new') return 'accent';
  return waits(state) ? 'lamp-soft' : 'count';
}

/** An instant as a field for date and time has it, in the reader's zone; and back. */
export function toField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function fromField(value: string): number | undefined {
  const at = new Date(value).getTime();
  return Number.isNaN(at) ? undefined : at;
}
