/** How tickets are shown. */
import type { AnyState, TicketState, TicketType } from '../api/types.ts';
import { t } from '../core/i18n.ts';

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

export const TYPES: readonly TicketType[] = ['unclassified', 'incident', 'problem', 'request'];

export const PRIORITIES = [1, 2, 3, 4, 5] as const;

/** Needs a date until which it waits. */
export function waits(state: TicketState): boolean {
  return state.startsWith('pending');
}

export function stateWords(state: AnyState): string {
  return typeof state === 'string' ? t('agent-ticket-state', { is: state }) : state.name;
}

/** Of what a connected ticket system has: the one called so, else one in whose name that is, else the first. */
export function usual(names: readonly string[], word: string): string | undefined {
  return names.find((name) => name === word) ?? names.find((name) => name.includes(word)) ?? names[0];
}

export function stateLooks(state: AnyState): 'accent' | 'lamp-soft' | 'count' {
  if (state === 'new') return 'accent';
  return typeof state === 'string' && waits(state) ? 'lamp-soft' : 'count';
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
