import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ChatSummary, ChatView } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Lobby } from '../core/lobby.ts';
import { permission } from '../core/notify.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { ChatCorner } from './ChatCorner.tsx';
import { ChatWindow } from './window.ts';

beforeAll(() => loadCatalogue('customer', 'en'));
let notices: string[] = [];
beforeEach(() => {
  notices = [];
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal(
    'Notification',
    class {
      constructor(title: string, { body }: { body: string }) {
        notices.push(`${title}: ${body}`);
      }
      close() {}
    },
  );
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  dispatchEvent(new Event('blur'));
  permission.value = 'granted';
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const desk = { id: 'travel', name: 'Travel desk' };
const asked: ChatSummary = {
  ...{ id: 'refund', channel: desk, state: 'requested', direction: 'agent_to_customer', with: 'Maren Holt' },
  ...{ last_text: 'Your refund came back.', last_at: 0, unread: 1, gone: false, asked: true },
};
const view = {
  id: 'refund',
  channel: desk,
  members: [],
  me: 2,
  head: 2,
  read: 0,
  unread: 1,
  seen: 0,
  text_limit: 3_800,
  agent_lost: false,
};
const opened = { ...view, direction: 'agent_to_customer', state: 'open', created_at: 0, can: ['send', 'close'] };
const waiting = { ...opened, state: 'requested', can: ['accept', 'decline'] };

/** Hanne in the portal; Maren asks for a chat. */
async function hanne(answer: () => Response) {
  const link = new FixedLink({ refund: { chat: waiting as ChatView, entries: [] } });
  const ask = vi.fn((_address: string) => Promise.resolve(answer()));
  const me = { id: 'hanne', kind: 'customer_user', name: 'Hanne Dahl' } as const;
  const lobby = new Lobby(me, new Api('customer', undefined, ask as never), link, { shelf: memoryShelf() });
  const lists = (...chats: ChatSummary[]) =>
    act(() => link.tell({ op: 'lobby', channels: [{ channel: desk, available: true }], chats }));
  render(<ChatCorner chats={new ChatWindow(lobby)} />);
  lists(asked);
  await act(async () => {});
  return { ask, lists };
}

it('An agent’s request says who asks and what for, is counted, announced and told of once', async () => {
  const { lists } = await hanne(() => new Response('{}'));
  const card = within(screen.getByRole('listitem'));
  expect(card.getByText('Maren Holt would like to chat with you')).toBeTruthy();
  expect(card.getByText('Your refund came back.')).toBeTruthy();
  expect(screen.getByRole('button', { name: /Chat with us/ }).textContent).toContain('1 request for a chat');
  expect(screen.getByRole('status').textContent).toBe('Maren Holt would like to chat with you: Your refund came back.');
  expect(document.title).toBe('(1) Help desk');
  await vi.advanceTimersByTimeAsync(1_000);
  lists(asked);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(notices).toEqual(['Maren Holt would like to chat with you: Your refund came back.']);
});

it('Accepting opens the conversation', async () => {
  const { ask, lists } = await hanne(() => new Response(JSON.stringify(opened)));
  fireEvent.click(screen.getByRole('button', { name: 'Accept the chat with Maren Holt' }));
  await screen.findByRole('textbox', { name: 'Write a message' });
  expect(ask.mock.calls[0]?.[0]).toBe('/api/chats/refund/accept');
  lists({ ...asked, state: 'open', asked: false });
  expect(screen.queryByRole('button', { name: /Accept/ })).toBeNull();
});

it('What was declined is gone; what could not be declined stays and says why', async () => {
  const answers = [new Response('', { status: 502 }), new Response('{}')];
  const { ask, lists } = await hanne(() => answers.shift()!);
  const decline = () => fireEvent.click(screen.getByRole('button', { name: 'Decline the chat with Maren Holt' }));
  decline();
  expect((await screen.findByRole('alert')).textContent).toContain('We cannot be reached right now');
  decline();
  await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  await act(async () => {});
  lists();
  expect(screen.queryByRole('listitem')).toBeNull();
  expect(document.title).toBe('Help desk');
});
