import type { EntryView } from '../api/types.ts';

/** What the server said last: `unread` beyond `read`, counted when the log reached to `asOf`. */
export interface Counted {
  read: number;
  unread: number;
  asOf: number;
}

/**
 * How many entries of others are unread. Counted here when everything beyond the read position is loaded; before that it
 * is the server's number and what came since. Messages and notes count; mine is what the person wrote, on any device.
 */
export function unreadOf(entries: readonly EntryView[], me: number | undefined, said: Counted): number {
  const first = entries[0];
  const complete = first !== undefined && first.seq <= said.read + 1;
  const since = complete ? said.read : said.asOf;
  let count = complete ? 0 : said.unread;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]!;
    if (entry.seq <= since) break;
    if (countable(entry) && entry.who !== me) count++;
  }
  return count;
}

function countable({ what }: EntryView): boolean {
  return what.kind === 'message' || what.kind === 'note' || what.kind === 'redacted';
}
