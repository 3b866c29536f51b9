import { expect, it } from 'vitest';
import type { EntryView } from '../api/types.ts';
import { unreadOf } from './unread.ts';

const [maren, me] = [1, 2];
const says = (seq: number, who: number): EntryView => ({ seq, at: seq, who, what: { kind: 'message', text: '' } });
const notes = (seq: number, who: number): EntryView => ({ seq, at: seq, who, what: { kind: 'note', text: '' } });
const joins = (seq: number): EntryView => ({ seq, at: seq, who: maren, what: { kind: 'accepted' } });

it('Messages and notes of others beyond the read position count; mine and events do not', () => {
  const log = [joins(1), says(2, maren), says(3, me), notes(4, maren), says(5, maren)];
  expect(unreadOf(log, me, { read: 2, unread: 9, asOf: 5 })).toBe(2);
});

it('Beyond what is loaded it is the number of the server and what came since', () => {
  const log = [says(101, maren), says(102, me), says(103, maren), joins(104), says(105, maren)];
  expect(unreadOf(log, me, { read: 40, unread: 30, asOf: 102 })).toBe(32);
});

it('Nothing is loaded yet: it is the number of the server', () => {
  expect(unreadOf([], me, { read: 3, unread: 4, asOf: 7 })).toBe(4);
});

it('Older entries that are loaded later do not change it', () => {
  const late = [says(3, maren), says(4, maren)];
  expect(unreadOf(late, me, { read: 1, unread: 3, asOf: 4 })).toBe(3);
  expect(unreadOf([says(1, maren), says(2, maren), ...late], me, { read: 1, unread: 3, asOf: 4 })).toBe(3);
});
