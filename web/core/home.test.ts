import { expect, it } from 'vitest';
import type { ChatState, ChatView, ClientFrame, EntryView, ServerFrame } from '../api/types.ts';
import { Lobby } from './lobby.ts';
import { Api, type Link, Listeners } from './server.ts';
import { memoryShelf } from './shelf.ts';

const desk = { id: 'travel', name: 'Travel desk' };
const [hanne, maren] = [1, 2];
const listed = (state: ChatState) => ({
  id: 'ferry',
  channel: desk,
  state,
  last_at: 10,
  unread: 0,
  last_text: 'Hello',
  direction: 'customer_to_agent' as const,
  gone: false,
  asked: false,
});
const message = (seq: number, who: number, text: string): EntryView => ({
  ...{ seq, who, at: seq * 10 },
  what: { kind: 'message', text },
});

/** Hanne in the portal; the test speaks for the server. */
function hanneAtHome() {
  const frames = new Listeners<ServerFrame>();
  const said: ClientFrame[] = [];
  const link = { state: 'up', ended: undefined, wake() {}, close() {} } as unknown as Link;
  Object.assign(link, { onState: () => () => {}, onFrame: (it: never) => frames.add(it) });
  Object.assign(link, { send: (frame: ClientFrame) => said.push(frame) > 0 });
  const me = { id: 'hanne', kind: 'customer_user', name: 'Hanne Dahl' } as const;
  const home = new Lobby(me, new Api('customer'), link, { shelf: memoryShelf() });
  const says = (frame: ServerFrame) => frames.tell(frame);
  const lists = (state: ChatState) => says({ op: 'lobby', channels: [], chats: [listed(state)] });
  const shows = (...entries: EntryView[]) => {
    const view = { id: 'ferry', me: hanne, head: entries.length, read: 1, unread: 0, seen: 0, members: [], can: [] };
    const chat = {
      ...view,
      channel: desk,
      direction: 'customer_to_agent',
      state: 'open',
      created_at: 0,
      text_limit: 3_800,
      agent_lost: false,
    } as ChatView;
    says({ op: 'snapshot', chat, as_of: { epoch: 1, seq: entries.length }, entries });
  };
  return { home, said, says, lists, shows };
}

it('A list shows and counts what was said since it came', () => {
  const { home, says, lists, shows } = hanneAtHome();
  lists('open');
  shows(message(1, hanne, 'Hello'));
  says({ op: 'entries', chat: 'ferry', entries: [message(2, maren, 'I am looking for it.')] });
  expect(home.chats.value[0]).toMatchObject({ last_text: 'I am looking for it.', last_at: 20, unread: 1 });
  expect(home.unread.value).toBe(1);
});

it('A chat is followed while it runs, whether anybody shows it or not, and afterwards as long as somebody does', () => {
  const { home, said, lists, shows } = hanneAtHome();
  lists('open');
  shows(message(1, hanne, 'Hello'));
  home.open('ferry');
  home.close('ferry');
  expect(home.find('ferry')).toBeDefined();
  home.open('ferry');
  lists('closed');
  expect(home.find('ferry')).toBeDefined();
  home.close('ferry');
  expect(home.find('ferry')).toBeUndefined();
  expect(said.map(({ op }) => op)).toEqual(['watch', 'unwatch']);
});
