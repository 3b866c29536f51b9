import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EndedReason, Link, LinkState } from '../api/socket.ts';
import type { ChatState, ChatView, ServerFrame } from '../api/types.ts';
import { Api, Listeners } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import type { Host } from './host.ts';
import { Visit } from './visit.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const me = { id: 'p', kind: 'public_user', name: 'Priya' } as const;
const travel = { id: 'travel', name: 'Travel desk' };
const snippet = (available: boolean) => ({
  id: 's',
  title: 'Skerry Ferries',
  channels: [{ channel: travel, available }],
});
const chat = (id: string, state: ChatState = 'requested') => ({ id, channel: travel, state, members: [], can: [] });
const started = { status: 200, body: { chat: chat('ferry') as unknown as ChatView, new: true } };
const visitor = { status: 200, body: { token: 'secret-token-of-priya', me } };
const busy = { status: 503, body: { code: 'busy', say: '', next: '' } };
const gone = { status: 401, body: { code: 'signed_out', say: '', next: '' } };

type Answer = { status: number; body: unknown } | 'cut';

/** Priya on a page with the panel; the test answers for the server. */
function priya({ token, answers = {} }: { token?: string; answers?: Record<string, Answer[]> } = {}) {
  const asked: Array<{ route: string; body: Record<string, string> | undefined; by: string | undefined }> = [];
  const here = { available: true };
  const fetcher = async (address: string, { method, body, headers }: RequestInit) => {
    const route = `${method} ${address}`;
    if (route.startsWith('GET /api/snippets')) return new Response(JSON.stringify(snippet(here.available)));
    const by = (headers as Record<string, string>).Authorization?.slice(7);
    asked.push({ route, body: body ? JSON.parse(body as string) : undefined, by });
    const answer = answers[route]?.shift();
    if (answer === undefined || answer === 'cut') throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  };
  const frames = new Listeners<ServerFrame>();
  const states = new Listeners<LinkState>();
  const link = { state: 'up', ended: undefined } as Link & { state: LinkState; ended: EndedReason | undefined };
  Object.assign(link, { onState: (it: never) => states.add(it), onFrame: (it: never) => frames.add(it) });
  Object.assign(link, { send: () => true, wake: () => {}, close: () => {} });
  const kept: Array<string | undefined> = [];
  const shown = signal(true);
  let hearToken = (_: string | undefined) => {};
  const host: Host = {
    shown,
    opened: signal(1),
    shelf: memoryShelf(),
    onToken(hear) {
      hearToken = hear;
      hear(token);
    },
    keepToken: (it) => kept.push(it),
    tellUnread() {},
    shut: undefined,
  };
  const visit = new Visit('s', host, { api: new Api('visitor', undefined, fetcher as typeof fetch), link: () => link });
  return {
    visit,
    asked,
    kept,
    here,
    shown,
    says: (frame: ServerFrame) => frames.tell(frame),
    otherTabStarts: (it: string) => hearToken(it),
    ends(why: EndedReason) {
      Object.assign(link, { state: 'ended', ended: why });
      states.tell('ended');
    },
  };
}

const lobby = (...chats: object[]): ServerFrame => ({ op: 'lobby', channels: [], chats: chats as never });
const settle = () => vi.advanceTimersByTimeAsync(0);

it('Starting makes a visitor, starts the chat, and only then keeps the token', async () => {
  const { visit, asked, kept } = priya({
    answers: { 'POST /api/snippets/s/visitors': [visitor], 'POST /api/chats': [started] },
  });
  visit.name.value = ' Priya ';
  visit.text.value = 'Does the 16:40 sail?';
  await visit.start();
  expect(asked.map(({ route, by }) => [route, by])).toEqual([
    ['POST /api/snippets/s/visitors', undefined],
    ['POST /api/chats', 'secret-token-of-priya'],
  ]);
  expect(asked[0]?.body).toEqual({ name: 'Priya' });
  expect([kept, visit.phase.value, visit.chat.value?.id]).toEqual([['secret-token-of-priya'], 'chat', 'ferry']);
});

it('A start that got lost is tried again with the same visitor and the same id, and nothing typed is gone', async () => {
  const { visit, asked, kept } = priya({
    answers: { 'POST /api/snippets/s/visitors': [visitor], 'POST /api/chats': ['cut', started] },
  });
  visit.name.value = 'Priya';
  visit.text.value = 'Hello';
  await visit.start();
  expect([visit.trouble.value, visit.text.value, kept, visit.phase.value]).toEqual([
    { is: 'unreachable' },
    'Hello',
    [],
    'form',
  ]);
  await visit.start();
  const starts = asked.filter(({ route }) => route === 'POST /api/chats');
  expect(starts.map(({ body }) => body?.cid)).toEqual([starts[0]!.body!.cid, starts[0]!.body!.cid]);
  expect(asked).toHaveLength(3);
  expect(visit.phase.value).toBe('chat');
});

it('After a fault of the server, too, the second attempt is the first one again; after a refusal it is a new one', async () => {
  const full = { status: 409, body: { code: 'nobody_available', say: '', next: '' } };
  const { visit, asked } = priya({
    answers: { 'POST /api/snippets/s/visitors': [visitor], 'POST /api/chats': [busy, full, started] },
  });
  visit.name.value = 'Priya';
  visit.text.value = 'Hello';
  for (let n = 0; n < 3; n++) await visit.start();
  const [first, second, third] = asked.filter(({ route }) => route === 'POST /api/chats').map(({ body }) => body!.cid);
  expect([second === first, third === first]).toEqual([true, false]);
});

it('A refusal keeps message and name', async () => {
  const { visit, kept } = priya({
    answers: { 'POST /api/snippets/s/visitors': [visitor], 'POST /api/chats': [busy] },
  });
  visit.name.value = 'Priya';
  visit.text.value = 'Hello';
  await visit.start();
  expect(visit.trouble.value).toMatchObject({ is: 'refused', problem: { code: 'busy' } });
  expect([visit.text.value, visit.name.value, kept]).toEqual(['Hello', 'Priya', []]);
});

it('While the form is in sight it asks every fifteen seconds who is there; hidden it does not', async () => {
  const { visit, here, shown } = priya();
  await settle();
  expect(visit.snippet.value?.channels[0]?.available).toBe(true);
  here.available = false;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(visit.snippet.value?.channels[0]?.available).toBe(false);
  shown.value = false;
  here.available = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(visit.snippet.value?.channels[0]?.available).toBe(false);
  shown.value = true;
  await settle();
  expect(visit.snippet.value?.channels[0]?.available).toBe(true);
});

it('A visitor who comes back finds the chat that runs', async () => {
  const { visit, says } = priya({ token: 'secret-token-of-priya' });
  expect(visit.phase.value).toBe('resuming');
  says(lobby(chat('old', 'closed'), chat('ferry', 'open')));
  await settle();
  expect([visit.phase.value, visit.chat.value?.id]).toEqual(['chat', 'ferry']);
});

it('A token that opens nothing any more is forgotten, and the form is there', async () => {
  const { visit, ends, kept } = priya({ token: 'secret-token-of-priya' });
  ends('signed_out');
  await settle();
  expect([visit.phase.value, visit.known, kept]).toEqual(['form', false, [undefined]]);
});

it('A chat that another tab of the site has started is here too, with what was typed here in its composer', async () => {
  const { visit, says, otherTabStarts } = priya();
  visit.text.value = 'Does the 16:40';
  otherTabStarts('secret-token-of-priya');
  says(lobby(chat('ferry', 'open')));
  await settle();
  expect([visit.chat.value?.id, visit.lobby.value?.drafts.read('ferry')]).toEqual(['ferry', 'Does the 16:40']);
});

it('After the end a new conversation begins with what was left in the composer', async () => {
  const { visit, says } = priya({ token: 'secret-token-of-priya' });
  says(lobby(chat('ferry', 'closed')));
  await settle();
  visit.lobby.value!.drafts.write('ferry', 'One more thing');
  visit.again();
  expect([visit.phase.value, visit.text.value, visit.known]).toEqual(['form', 'One more thing', true]);
});

it('A new conversation while one runs in another tab leads there, with the text in its composer', async () => {
  const { visit, says } = priya({
    token: 'secret-token-of-priya',
    answers: { 'POST /api/chats': [{ status: 200, body: { chat: chat('ferry', 'open'), new: false } }] },
  });
  says(lobby());
  await settle();
  visit.text.value = 'Hello again';
  await visit.start();
  expect([visit.chat.value?.id, visit.lobby.value?.drafts.read('ferry')]).toEqual(['ferry', 'Hello again']);
});

it('A token that was revoked meanwhile means a new visitor, and the text stays', async () => {
  const { visit, says } = priya({ token: 'secret-token-of-priya', answers: { 'POST /api/chats': [gone] } });
  says(lobby());
  await settle();
  visit.text.value = 'Hello again';
  await visit.start();
  expect([visit.known, visit.text.value, visit.phase.value]).toEqual([false, 'Hello again', 'form']);
});
