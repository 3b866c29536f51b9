import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Api } from '../api/http.ts';
import { Listeners } from '../api/listeners.ts';
import { Live } from '../api/live.ts';
import type { Link, LinkState } from '../api/socket.ts';
import type { ChatView, ClientFrame, EntryView, ServerFrame } from '../api/types.ts';
import { ChatStore } from './chat.ts';
import { memoryShelf } from './shelf.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const [priya, maren] = [1, 2];

/** Priya's side of a chat with Maren; the test speaks for the server. */
function chatOfPriya() {
  const frames = new Listeners<ServerFrame>();
  const states = new Listeners<LinkState>();
  const said: ClientFrame[] = [];
  const link: Link = {
    state: 'up',
    ended: undefined,
    onState: (it) => states.add(it),
    onFrame: (it) => frames.add(it),
    send: (frame) => said.push(frame) > 0,
    wake: () => {},
    close: () => {},
  };
  const shown = signal(true);
  const answers: Array<{ entries: EntryView[]; head: number }> = [];
  const api = new Api('visitor', 'token', async () => new Response(JSON.stringify(answers.shift())));
  let n = 0;
  const chat = new ChatStore('ferry', {
    live: new Live(link),
    api,
    shelf: memoryShelf(),
    shown,
    newId: () => `c${++n}`,
  });
  return {
    chat,
    shown,
    answers,
    says: (frame: ServerFrame) => frames.tell(frame),
    reconnects: () => states.tell('up'),
    said: (op: ClientFrame['op']) => said.filter((frame) => frame.op === op),
    lines: () => chat.lines.value.map(({ key, what }) => `${key} ${'text' in what ? what.text : what.kind}`),
  };
}

const message = (seq: number, who: number, text: string, cid?: string): EntryView => ({
  seq,
  at: seq,
  who,
  ...(cid === undefined ? {} : { cid }),
  what: { kind: 'message', text },
});
const view = (head: number, more: Partial<ChatView> = {}): ChatView => ({
  id: 'ferry',
  channel: { id: 'travel', name: 'Travel desk' },
  direction: 'public_to_agent',
  state: 'open',
  created_at: 0,
  members: [],
  me: priya,
  can: ['send'],
  head,
  read: 0,
  unread: head,
  seen: 0,
  text_limit: 3_800,
  agent_lost: false,
  ...more,
});
const snapshot = (entries: EntryView[], more: Partial<ChatView> = {}, epoch = 1): ServerFrame => {
  const head = entries.at(-1)?.seq ?? 0;
  return { op: 'snapshot', chat: view(head, more), as_of: { epoch, seq: head }, entries };
};
const entries = (...all: EntryView[]): ServerFrame => ({ op: 'entries', chat: 'ferry', entries: all });

it('A pending line becomes the delivered one under the same key, never both and never none', () => {
  const { chat, says, lines } = chatOfPriya();
  says(snapshot([message(1, maren, 'Hello Priya')]));
  const seen: string[][] = [];
  chat.lines.subscribe(() => seen.push(lines()));
  const cid = chat.say('Does it sail?');
  says(entries(message(2, priya, 'Does it sail?', cid)));
  expect(seen.at(-1)).toEqual(['n1 Hello Priya', 'c1 Does it sail?']);
  expect(seen.slice(1).every((one) => one.length === 2)).toBe(true);
  expect(chat.pending.value).toEqual([]);
});

it('A message under way when the connection broke goes out again; an acknowledgement waits for the entry', () => {
  const { chat, says, said, reconnects, lines } = chatOfPriya();
  says(snapshot([message(1, maren, 'Hello')]));
  const cid = chat.say('Yes please');
  reconnects();
  expect(said('send').map((frame) => 'cid' in frame && frame.cid)).toEqual([cid, cid]);
  says({ op: 'ack', chat: 'ferry', cid, seq: 2 });
  expect(lines()).toEqual(['n1 Hello', 'c1 Yes please']);
  says(entries(message(2, priya, 'Yes please', cid)));
  expect([lines(), chat.pending.value]).toEqual([['n1 Hello', 'c1 Yes please'], []]);
});

it('A snapshot after a short break keeps what the reader scrolled back to; one of another epoch replaces all', () => {
  const { says, lines } = chatOfPriya();
  says(snapshot([message(1, maren, 'a'), message(2, maren, 'b')]));
  says(snapshot([message(2, maren, 'b'), message(3, maren, 'c')]));
  expect(lines()).toEqual(['n1 a', 'n2 b', 'n3 c']);
  says(snapshot([message(1, maren, 'A')], {}, 2));
  expect(lines()).toEqual(['n1 A']);
});

it('Reading is said at most once a second, with the newest position', () => {
  const { chat, says, said } = chatOfPriya();
  says(snapshot([message(1, maren, 'a')]));
  chat.markRead();
  for (const seq of [2, 3, 4]) {
    says(entries(message(seq, maren, `${seq}`)));
    chat.markRead();
  }
  expect(chat.unread.value).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(said('read')).toEqual([
    { op: 'read', chat: 'ferry', seq: 1 },
    { op: 'read', chat: 'ferry', seq: 4 },
  ]);
});

it('Nothing counts as read in a hidden page; showing it makes up for that', () => {
  const { chat, says, said, shown } = chatOfPriya();
  shown.value = false;
  says(snapshot([message(1, maren, 'a')]));
  chat.markRead();
  expect([chat.unread.value, said('read')]).toEqual([1, []]);
  shown.value = true;
  expect([chat.unread.value, said('read')]).toEqual([0, [{ op: 'read', chat: 'ferry', seq: 1 }]]);
});

it('What was read on another device is read here', () => {
  const { chat, says } = chatOfPriya();
  says(snapshot([message(1, maren, 'a'), message(2, maren, 'b')]));
  expect(chat.unread.value).toBe(2);
  says({ op: 'read', chat: 'ferry', seq: 2, unread: 0 });
  expect(chat.unread.value).toBe(0);
  says(entries(message(3, maren, 'c')));
  expect(chat.unread.value).toBe(1);
});

it('A read position that the server never heard is said again after a reconnection', () => {
  const { chat, says, said, reconnects } = chatOfPriya();
  says(snapshot([message(1, maren, 'a')]));
  chat.markRead();
  vi.advanceTimersByTime(5_000);
  reconnects();
  expect(said('read')).toHaveLength(2);
  says({ op: 'read', chat: 'ferry', seq: 1, unread: 0 });
  vi.advanceTimersByTime(5_000);
  reconnects();
  expect(said('read')).toHaveLength(2);
});

it('Typing shows for six seconds, ends with the message, and is said once in three seconds', () => {
  const { chat, says, said } = chatOfPriya();
  says(snapshot([message(1, maren, 'a')]));
  says({ op: 'typing', chat: 'ferry', who: maren, note: false });
  expect(chat.typing.value).toEqual([{ who: maren, note: false }]);
  vi.advanceTimersByTime(6_000);
  expect(chat.typing.value).toEqual([]);
  says({ op: 'typing', chat: 'ferry', who: maren, note: false });
  says(entries(message(2, maren, 'b')));
  expect(chat.typing.value).toEqual([]);
  chat.type();
  vi.advanceTimersByTime(2_900);
  chat.type();
  vi.advanceTimersByTime(100);
  chat.type();
  expect(said('typing')).toHaveLength(2);
});

it('Older entries join in front until the first one', async () => {
  const { chat, says, answers, lines } = chatOfPriya();
  says(snapshot([message(3, maren, 'c')]));
  expect(chat.older.value).toBe('more');
  answers.push({ entries: [message(1, maren, 'a'), message(2, maren, 'b')], head: 3 });
  await chat.loadOlder();
  expect([lines(), chat.older.value]).toEqual([['n1 a', 'n2 b', 'n3 c'], 'none']);
});

it('A chat that is not ours any more shows nothing', () => {
  const { chat, says, lines } = chatOfPriya();
  says(snapshot([message(1, maren, 'a')]));
  says({ op: 'gone', chat: 'ferry' });
  expect([chat.gone.value, lines()]).toEqual([true, []]);
});

it('A text that was loaded and is taken away is not shown any more', async () => {
  const { chat, says, answers, lines } = chatOfPriya();
  says(snapshot([message(2, priya, 'My card is 4929'), message(3, maren, 'Thank you')]));
  says(entries({ seq: 4, at: 4, what: { kind: 'redaction', of: 2 } }));
  expect(lines()).toEqual(['n2 redacted', 'n3 Thank you', 'n4 redaction']);
  // An older page may have been on its way before.
  says(entries({ seq: 5, at: 5, what: { kind: 'redaction', of: 1 } }));
  answers.push({ entries: [message(1, priya, 'I am Priya, born')], head: 5 });
  await chat.loadOlder();
  expect(JSON.stringify(chat.lines.value)).not.toMatch(/4929|born/);
});
