import { beforeAll, expect, it, vi } from 'vitest';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api, Refusal, Unreachable } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import * as cast from './fixtures.ts';
import { Windows } from './windows.ts';
import { inDoubt, problemOf, Work } from './work.ts';

beforeAll(() => loadCatalogue('agent', 'en'));

/** Inés at work; `answers` are what the server says, one after the other. */
function inés(...answers: Array<[status: number, body: unknown]>) {
  const ask = vi.fn((_address: string, _how: RequestInit) => {
    const [status, body] = answers.shift() ?? [200, {}];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  const link = new FixedLink({ asked: { chat: cast.tobias, entries: cast.tobiasLog } });
  const desk = new Desk(cast.ines, new Api('agent', undefined, ask as never), { link, shelf: memoryShelf() });
  const work = new Work(desk, new Windows(memoryShelf(), 'ines'));
  const asked = () =>
    ask.mock.calls.map(([address, { method, body }]) => ({ to: `${method} ${address}`, ...JSON.parse(`${body}`) }));
  return { work, desk, asked };
}

it('A chat that was asked for opens its window; a refused one says why', async () => {
  const { work, asked } = inés(
    [409, { code: 'person_unavailable', say: '', next: '' }],
    [200, { chat: cast.tobias, new: true }],
  );
  expect(await work.request('tobias', 'Could you look at the gate?')).toContain('not available right now');
  expect(work.windows.list.value).toEqual([]);
  expect(await work.request('tobias', 'Could you look at the gate?')).toBeUndefined();
  expect(work.windows.list.value).toEqual([{ chat: 'asked', open: true }]);
  expect(asked().map(({ to, text }) => [to, text])).toEqual(
    Array(2).fill(['POST /api/people/tobias/chats', 'Could you look at the gate?']),
  );
  expect(asked()[0].cid).not.toBe(asked()[1].cid);
});

it('While nobody knows whether it was asked, the same wish goes out under the same id', async () => {
  const { work, asked } = inés([502, ''], [502, ''], [200, { chat: cast.tobias, new: true }]);
  await work.request('tobias', 'Gate 4?');
  await work.request('tobias', 'Gate 4?');
  await work.request('tobias', 'Gate 5?');
  const [first, second, third] = asked().map(({ cid }) => cid);
  expect([first === second, second === third]).toEqual([true, false]);
});

it('Where there is a chat with this person already, the text waits in its composer', async () => {
  const { work, desk } = inés(...Array(2).fill([200, { chat: cast.tobias, new: false }]));
  await work.request('tobias', 'Gate 4?');
  expect(desk.drafts.read('asked')).toBe('Gate 4?');
  expect(await work.request('tobias', 'Gate 5?')).toContain('There is a chat with Tobias Lindqvist already');
});

it('An invitation is followed in a role; hiding, moving and roles reach the server as they are meant', async () => {
  const { work, asked } = inés([200, cast.mei]);
  expect(await work.join('mei', 'observer')).toBe(true);
  expect(work.windows.focus.value).toBe('mei');
  await work.hide('priya', true);
  await work.move('elin', 'freight');
  await work.switchRole('elin', 'participant');
  await work.setNotify('elin', 'customer');
  await work.decline('tobias');
  expect(asked().map(({ cid, ...rest }) => rest)).toEqual([
    { to: 'POST /api/chats/mei/join', role: 'observer' },
    { to: 'PUT /api/chats/priya/hidden', hidden: true },
    { to: 'POST /api/chats/elin/move', channel: 'freight' },
    { to: 'POST /api/chats/elin/role', role: 'participant' },
    { to: 'PUT /api/chats/elin/notify', notify: 'customer' },
    { to: 'POST /api/chats/tobias/decline' },
  ]);
});

it('What a connected ticket system said is told with what to do; in doubt the same is tried again', () => {
  const refusal = (code: string, more = {}) => new Refusal(503, { code, say: '', next: '', ...more });
  expect(problemOf(refusal('desk_unclear', { told: 'no answer in time' }))).toBe(
    'The ticket system gave no clear answer (\u2068no answer in time\u2069). It is not known whether it has the chat. Try again: it is looked for first, and not stored twice.',
  );
  expect(problemOf(refusal('desk_incomplete', { by: '24001' }))).toContain('Ticket 24001 is made, but');
  expect(problemOf(refusal('desk_no_right'))).toContain('does not allow this. Choose another ticket or queue');
  const doubts = ['desk_unclear', 'desk_incomplete', 'unknown', 'desk_refused', 'desk_unreachable', 'busy'];
  expect(doubts.filter((code) => inDoubt(refusal(code)))).toEqual(doubts.slice(0, 3));
  expect(inDoubt(new Unreachable())).toBe(true);
});
