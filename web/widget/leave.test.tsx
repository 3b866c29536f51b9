import { signal } from '@preact/signals-core';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ChatView, EntryView } from '../api/types.ts';
import { setServerNow } from '../core/clock.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import type { Host } from './host.ts';
import { Panel } from './Panel.tsx';
import { Visit } from './visit.ts';

beforeAll(() => loadCatalogue('widget', 'en'));
const now = new Date(2026, 10, 22, 13, 5).getTime();
beforeEach(() => setServerNow(now));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const travel = { id: 'travel', name: 'Travel desk' };
const asks: EntryView = { seq: 1, at: now, who: 1, what: { kind: 'message', text: 'Is the 16:40 still sailing?' } };
const ferry = (more: Partial<ChatView>): ChatView => ({
  ...{ id: 'ferry', channel: travel, direction: 'public_to_agent', state: 'requested', created_at: now, me: 1 },
  ...{
    members: [],
    can: ['send', 'close'],
    head: 1,
    read: 1,
    unread: 0,
    seen: 0,
    text_limit: 3_800,
    agent_lost: false,
  },
  ...more,
});

type Answer = unknown;

/** Priya at a desk where nobody is; the test answers for the server. */
async function priya(answers: Record<string, Answer[]>, chat?: ChatView) {
  const asked: Array<{ route: string; body: Record<string, string> }> = [];
  const fetcher = async (address: string, { method, body }: RequestInit) => {
    const route = `${method} ${address.split('?')[0]}`;
    if (route === 'GET /api/snippets/s')
      return new Response(
        JSON.stringify({ id: 's', title: 'Skerry Ferries', channels: [{ channel: travel, available: false }] }),
      );
    asked.push({ route, body: body ? JSON.parse(body as string) : undefined });
    const answer = answers[route]?.shift();
    if (answer === undefined) throw new TypeError('Failed to fetch');
    return new Response(answer instanceof Blob ? answer : JSON.stringify(answer));
  };
  const link = new FixedLink(chat ? { [chat.id]: { chat, entries: [asks] } } : {});
  const host: Host = {
    ...{ shown: signal(true), opened: signal(1), shelf: memoryShelf(), shut: undefined },
    onToken: (hear) => hear(chat && 'secret'),
    keepToken() {},
    tellUnread() {},
  };
  const visit = new Visit('s', host, { api: new Api('visitor', undefined, fetcher as never), link: () => link });
  render(<Panel visit={visit} host={host} />);
  if (chat) {
    const summary = { ...chat, last_at: now, gone: false, asked: false };
    await act(async () => link.tell({ op: 'lobby', channels: [], chats: [summary] }));
  }
  return { asked };
}

const type = (name: string | RegExp, value: string) =>
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });

it('Where nobody is free a message is left, once, and its number is told', async () => {
  const { asked } = await priya({
    'POST /api/snippets/s/messages': [undefined, { number: '2026112610000015' }],
  });
  const leave = await screen.findByRole('button', { name: 'Leave message' });
  fireEvent.click(leave);
  expect(screen.getByRole('alert').textContent).toBe('Write a message first.');
  type('Your message', 'Do dogs pay?');
  type('Your name', 'Priya');
  type(/e-mail/, 'priya@example.org');
  fireEvent.click(leave);
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
  fireEvent.click(leave);
  expect(await screen.findByText(/ticket number 2026112610000015.*We answer to priya@example.org/)).toBeTruthy();
  const [first, second] = asked.map(({ body }) => body);
  expect(first).toMatchObject({ name: 'Priya', email: 'priya@example.org', channel: 'travel', text: 'Do dogs pay?' });
  expect(second).toEqual(first);
  fireEvent.click(screen.getByRole('button', { name: 'New conversation' }));
  expect((screen.getByRole('textbox', { name: 'Your message' }) as HTMLTextAreaElement).value).toBe('');
});

it('Whoever waited long enough leaves what he asked as a message, and waits no longer', async () => {
  const { asked } = await priya(
    {
      'POST /api/snippets/s/messages': [{ number: '17' }],
      'POST /api/chats/ferry/close': [ferry({ state: 'closed' })],
    },
    ferry({ no_answer_at: now - 1_000 }),
  );
  fireEvent.click(await screen.findByRole('button', { name: 'Leave it as a message' }));
  const text = screen.getByRole('textbox', { name: 'Your message' }) as HTMLTextAreaElement;
  expect(text.value).toBe('Is the 16:40 still sailing?');
  fireEvent.click(screen.getByRole('button', { name: 'Leave message' }));
  await screen.findByText(/ticket number 17/);
  expect(asked.map(({ route }) => route)).toEqual(['POST /api/snippets/s/messages', 'POST /api/chats/ferry/close']);
});

it('A conversation that is over can be taken away as a PDF', async () => {
  const saved: string[] = [];
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:pdf');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(`${this.download} from ${this.href}`);
  });
  await priya(
    { 'GET /api/chats/ferry/transcript': [undefined, new Blob(['%PDF'])] },
    ferry({ state: 'closed', closed_reason: 'by_agent', can: ['transcript'] }),
  );
  fireEvent.click(await screen.findByRole('button', { name: 'Download PDF' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
  fireEvent.click(screen.getByRole('button', { name: 'Download PDF' }));
  await waitFor(() => expect(saved).toEqual(['Conversation 2026-11-22.pdf from blob:pdf']));
});
