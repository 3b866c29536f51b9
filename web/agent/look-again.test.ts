import { afterEach, expect, it, vi } from 'vitest';
import { Desk } from '../core/desk.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import * as cast from './fixtures.ts';
import { keepLooking } from './look-again.ts';

afterEach(() => vi.useRealTimers());

it('What the server does not push is looked at again when the desk changes, or an agent comes or goes, at most every second, and every 15 s', async () => {
  vi.useFakeTimers();
  const link = new FixedLink({});
  const desk = new Desk(cast.ines, new Api('agent'), { link, shelf: memoryShelf() });
  const changes = () => link.tell({ op: 'desk', me: cast.ines, requests: [], chats: [] });
  const [look, show] = [vi.fn(async () => 1), vi.fn()];
  const stop = keepLooking(desk, look, show);
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return look.mock.calls.length;
  };
  expect(await after(0)).toBe(1);
  for (let n = 0; n < 5; n++) changes();
  expect([await after(900), await after(100)]).toEqual([1, 2]);
  expect([await after(14_900), await after(100)]).toEqual([2, 3]);
  const people = (agents: number) =>
    link.tell({
      op: 'people',
      tab: 'agents',
      limit: 10,
      people: { counts: { agents, customers: 0, out_of_office: 0 }, rows: [] },
    });
  people(2);
  people(2);
  expect(await after(1_000)).toBe(4);
  people(2);
  expect(await after(2_000)).toBe(4);
  people(1);
  expect(await after(1_000)).toBe(5);
  desk.leaving = true;
  changes();
  expect(await after(60_000)).toBe(5);
  desk.leaving = false;
  expect(await after(1_000)).toBe(6);
  changes();
  stop();
  expect(await after(60_000)).toBe(6);
  expect(show).toHaveBeenCalledTimes(6);
});
