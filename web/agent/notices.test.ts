import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ChatView, EntryView, Notify, RequestView } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { permission } from '../core/notify.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import * as cast from './fixtures.ts';
import { keepNoticed } from './notices.ts';
import { Windows } from './windows.ts';

beforeAll(() => loadCatalogue('agent', 'en'));

let shown: string[] = [];
let stop = () => {};
beforeEach(() => {
  shown = [];
  class FakeNotification {
    constructor(title: string, { body }: { body: string }) {
      shown.push(`${title}: ${body}`);
    }
  }
  vi.stubGlobal('Notification', FakeNotification);
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  permission.value = 'granted';
  vi.useFakeTimers();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Inés looks elsewhere; Elin's chat is as told. */
async function inés(chat: Partial<ChatView> = {}, me = cast.ines) {
  const elin = { ...cast.elin, ...chat };
  const link = new FixedLink({ elin: { chat: elin, entries: cast.elinsLog } });
  const desk = new Desk(me, new Api('agent'), { link, shelf: memoryShelf() });
  const waits = (...requests: RequestView[]) => link.tell({ op: 'desk', me, requests, chats: [cast.summaries[0]!] });
  waits();
  await Promise.resolve();
  await Promise.resolve();
  stop = keepNoticed(desk, new Windows(memoryShelf(), 'ines'));
  let seq = elin.head + 2;
  const says = (who: number, text: string, kind: 'message' | 'note' = 'message') => {
    const entry: EntryView = { seq: ++seq, at: cast.now_ms, who, what: { kind, text } };
    link.tell({ op: 'entries', chat: 'elin', entries: [entry] });
    vi.advanceTimersByTime(1_000);
  };
  return { says, waits, link };
}
const [elin, mine, lucía] = [1, 2, 3];

it.each<[Notify, string[]]>([
  ['all', ['Elin Sandvik: Hello?', 'Lucía Ferrán: She is a regular.']],
  ['customer', ['Elin Sandvik: Hello?']],
  ['off', []],
])('Of a chat set to %s one is told what one wants, and never of one’s own words', async (notify, told) => {
  const { says } = await inés({ notify });
  says(elin, 'Hello?');
  says(mine, 'One moment.');
  says(lucía, 'She is a regular.', 'note');
  expect(shown).toEqual(told);
});

it('An observer is told of nothing', async () => {
  const members = cast.elin.members.map((it) => (it.n === mine ? { ...it, role: 'observer' as const } : it));
  const { says } = await inés({ members });
  says(elin, 'Hello?');
  expect(shown).toEqual([]);
});

it('A personal request and an invitation are told of once, also to who takes chats of colleagues only', async () => {
  const { waits } = await inés({}, { ...cast.ines, availability: 'internal' });
  const [tobias, lucía, priya] = ['tobias', 'lucia', 'priya'].map(cast.request) as [never, never, never];
  waits(tobias, lucía, priya);
  waits(priya);
  waits(tobias, lucía, priya);
  expect(shown).toEqual([
    'Tobias Lindqvist asks you for a chat: Do you have a minute about gate 4?',
    'Lucía Ferrán invites you to a chat: You know the fares, and they are about a school class.',
  ]);
});

it('Who reads it at once elsewhere is not told', async () => {
  const { link } = await inés();
  const seq = cast.elin.head + 3;
  const entry: EntryView = { seq, at: cast.now_ms, who: elin, what: { kind: 'message', text: 'Hello?' } };
  link.tell({ op: 'entries', chat: 'elin', entries: [entry] });
  link.tell({ op: 'read', chat: 'elin', seq, unread: 0 });
  vi.advanceTimersByTime(1_000);
  expect(shown).toEqual([]);
});
