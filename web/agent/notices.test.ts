import { render } from '@testing-library/preact';
import { createElement } from 'preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ChatView, EntryView, Notify, RequestView } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { permission } from '../core/notify.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { Toasts } from '../ui/Toasts.tsx';
import * as cast from './fixtures.ts';
import { keepNoticed } from './notices.ts';
import { go } from './routes.ts';
import { Windows } from './windows.ts';

beforeAll(() => loadCatalogue('agent', 'en'));

class Shown {
  onclick = () => {};
  onclose = () => {};
  title: string;
  body: string;
  tag: string;

  constructor(title: string, { body, tag }: { body: string; tag: string }) {
    [this.title, this.body, this.tag] = [title, body, tag];
    told.push(`${title}: ${body}`);
    onScreen = [...onScreen.filter((one) => one.tag !== tag), this];
  }

  close() {
    onScreen = onScreen.filter((one) => one !== this);
    this.onclose();
  }
}

/** What was told of ever, and what of it is still there. */
let told: string[] = [];
let onScreen: Shown[] = [];
let clicked: string[] = [];
let stop = () => {};
beforeEach(() => {
  told = [];
  clicked = [];
  localStorage.clear();
  vi.stubGlobal('Notification', Shown);
  permission.value = 'granted';
  vi.useFakeTimers();
});
afterEach(async () => {
  stop();
  await aMoment();
  expect(onScreen).toEqual([]);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function lookAt(focused: boolean): void {
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused);
  dispatchEvent(new Event(focused ? 'focus' : 'blur'));
}

const aMoment = () => vi.advanceTimersByTimeAsync(1_000);

/** Inés looks elsewhere; Elin's chat is as told. */
async function inés(chat: Partial<ChatView> = {}, me = cast.ines) {
  const elin = { ...cast.elin, ...chat };
  const link = new FixedLink({ elin: { chat: elin, entries: cast.elinsLog } });
  const desk = new Desk(me, new Api('agent'), { link, shelf: memoryShelf() });
  const waits = (...requests: RequestView[]) => link.tell({ op: 'desk', me, requests, chats: [cast.summaries[0]!] });
  waits();
  await aMoment();
  lookAt(true);
  stop = keepNoticed(desk, new Windows(memoryShelf(), 'ines'), (chat) => clicked.push(chat));
  await aMoment();
  lookAt(false);
  let seq = elin.head + 2;
  const says = async (who: number, text: string, kind: 'message' | 'note' = 'message') => {
    const entry: EntryView = { seq: ++seq, at: cast.now_ms, who, what: { kind, text } };
    link.tell({ op: 'entries', chat: 'elin', entries: [entry] });
    await aMoment();
  };
  return { says, waits, link };
}
const [elin, mine, lucía] = [1, 2, 3];

it.each<[Notify, string[]]>([
  ['all', ['Elin Sandvik: Hello?', 'Lucía Ferrán: She is a regular.']],
  ['customer', ['Elin Sandvik: Hello?']],
  ['off', []],
])('Of a chat set to %s one is told what one wants, and never of one’s own words', async (notify, expected) => {
  const { says } = await inés({ notify });
  await says(elin, 'Hello?');
  await says(mine, 'One moment.');
  await says(lucía, 'She is a regular.', 'note');
  expect(told).toEqual(expected);
});

it('An observer is told of nothing', async () => {
  const members = cast.elin.members.map((it) => (it.n === mine ? { ...it, role: 'observer' as const } : it));
  const { says } = await inés({ members });
  await says(elin, 'Hello?');
  expect(told).toEqual([]);
});

it('A personal request and an invitation are told of once, also to who takes chats of colleagues only', async () => {
  const { waits } = await inés({}, { ...cast.ines, availability: 'internal' });
  const [tobias, lucía, priya] = ['tobias', 'lucia', 'priya'].map(cast.request) as [never, never, never];
  waits(tobias, lucía, priya);
  await aMoment();
  waits(priya);
  await aMoment();
  waits(tobias, lucía, priya);
  await aMoment();
  expect(told).toEqual([
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
  await aMoment();
  expect(told).toEqual([]);
});

it('A notification is there as long as the request waits and the message is unread', async () => {
  const { waits, says, link } = await inés();
  waits(cast.request('priya'));
  await says(elin, 'Hello?');
  expect(onScreen.map(({ tag }) => tag)).toEqual(['priya', 'elin']);
  waits();
  await aMoment();
  expect(onScreen.map(({ tag }) => tag)).toEqual(['elin']);
  link.tell({ op: 'read', chat: 'elin', seq: cast.elin.head + 3, unread: 0 });
  await aMoment();
  expect(onScreen).toEqual([]);
});

it('Who clicks is shown what it was about', async () => {
  const { waits } = await inés();
  waits(cast.request('priya'));
  await aMoment();
  onScreen[0]!.onclick();
  expect([clicked, onScreen]).toEqual([['priya'], []]);
});

it('Who opened a tab by it is shown it there, once', async () => {
  history.replaceState(null, '', '/agent/?show=elin');
  await inés();
  expect(clicked).toEqual(['elin']);
  expect(location.search).toBe('');
});

it('After a reload Inés is told of what came meanwhile, and of nothing again', async () => {
  const { waits } = await inés();
  waits(cast.request('priya'));
  await aMoment();
  stop();
  const after = await inés();
  after.waits(cast.request('priya'), cast.request('hanne'));
  await aMoment();
  expect(told).toHaveLength(2);
});

it('Who works in this tab reads of a request there, unless the request list is the page', async () => {
  const { waits } = await inés();
  lookAt(true);
  waits(cast.request('priya'));
  await aMoment();
  go({ at: 'archive' });
  waits(cast.request('priya'), cast.request('hanne'));
  await aMoment();
  go({ at: 'home' });
  const { container } = render(createElement(Toasts, {}));
  expect(container.textContent).toContain('Hanne');
  expect(container.textContent).not.toContain('Priya');
  expect(told).toEqual([]);
  waits(cast.request('priya'));
  await aMoment();
  expect(container.textContent, 'no longer than she waits').not.toContain('Hanne');
});

it('Title and icon count what waits', async () => {
  document.head.innerHTML = '<link rel="icon" href="/bell.svg">';
  const { waits, link } = await inés();
  link.tell({ op: 'read', chat: 'elin', seq: cast.elinsLog.length, unread: 0 });
  const icon = document.querySelector('link')!;
  expect([document.title, icon.href.startsWith('blob:')]).toEqual(['Home · Deskbell', false]);
  waits(cast.request('priya'));
  expect([document.title, icon.href.startsWith('blob:')]).toEqual(['(1) Home · Deskbell', true]);
  waits();
  expect([document.title, icon.href.startsWith('blob:')]).toEqual(['Home · Deskbell', false]);
});
