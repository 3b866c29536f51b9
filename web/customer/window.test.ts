import { expect, it } from 'vitest';
import type { Link } from '../api/socket.ts';
import type { ChatState, ServerFrame } from '../api/types.ts';
import { Lobby } from '../core/lobby.ts';
import { Api, Listeners } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { ChatWindow } from './window.ts';

const desk = { id: 'default', name: 'Default' };
const chat = (id: string, state: ChatState) => ({
  ...{ id, channel: desk, state, last_at: 0, unread: 0 },
  ...{ direction: 'customer_to_agent' as const, gone: false, asked: false },
});

/** Lena in the portal, with these conversations once they arrive; `answer` is what the server says to a start. */
function arriving(
  chats: Array<ReturnType<typeof chat>>,
  answer: () => Response = () => new Response('', { status: 502 }),
) {
  const frames = new Listeners<ServerFrame>();
  const link = { state: 'up', ended: undefined, send: () => true, wake() {}, close() {} } as unknown as Link;
  Object.assign(link, { onState: () => () => {}, onFrame: (it: never) => frames.add(it) });
  const me = { id: 'lena', kind: 'customer_user', name: 'Lena' } as const;
  const lobby = new Lobby(me, new Api('customer', undefined, async () => answer()), link, { shelf: memoryShelf() });
  const arrive = () => frames.tell({ op: 'lobby', channels: [{ channel: desk, available: true }], chats });
  return { window: new ChatWindow(lobby), arrive };
}

function lena(...given: Parameters<typeof arriving>) {
  const { window, arrive } = arriving(...given);
  arrive();
  return window;
}

it('Opens where one would go on', () => {
  const first = lena([]);
  first.toggle();
  expect(first.showing.value).toEqual({ is: 'new' });
  const going = lena([chat('ferry', 'open'), chat('old', 'closed')]);
  going.toggle();
  expect(going.showing.value).toEqual({ is: 'chat', id: 'ferry' });
  const choice = lena([chat('ferry', 'open'), chat('bike', 'requested')]);
  choice.toggle();
  expect(choice.showing.value).toEqual({ is: 'list' });
});

it('Opens there too if one was quicker than the conversations', () => {
  const { window, arrive } = arriving([chat('ferry', 'open'), chat('old', 'closed')]);
  window.toggle();
  expect(window.showing.value).toEqual({ is: 'list' });
  arrive();
  expect(window.showing.value).toEqual({ is: 'chat', id: 'ferry' });
  const shut = arriving([chat('ferry', 'open')]);
  shut.window.toggle();
  shut.window.toggle();
  shut.arrive();
  expect([shut.window.open.value, shut.window.showing.value]).toEqual([false, { is: 'list' }]);
});

it('A conversation that did not begin keeps its text; one that did is shown', async () => {
  const answers = [
    new Response('', { status: 502 }),
    new Response(JSON.stringify({ chat: { id: 'ferry', state: 'requested', members: [], can: [] }, new: true })),
  ];
  const window = lena([], () => answers.shift()!);
  window.showNew();
  window.text.value = 'Hello';
  await window.start();
  expect([window.trouble.value, window.text.value]).toEqual(['unreachable', 'Hello']);
  await window.start();
  expect([window.showing.value, window.text.value]).toEqual([{ is: 'chat', id: 'ferry' }, '']);
});

it('What was left unsent when a conversation ended goes into the new one', () => {
  const window = lena([chat('ferry', 'closed')]);
  window.show('ferry');
  window.lobby.drafts.write('ferry', 'One more thing');
  window.showNew();
  expect([window.text.value, window.lobby.drafts.read('ferry')]).toEqual(['One more thing', '']);
});
