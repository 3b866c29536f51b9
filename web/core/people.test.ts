import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ClientFrame, People, PersonRow, ServerFrame } from '../api/types.ts';
import { PeopleStore } from './people.ts';
import { Api, Listeners } from './server.ts';
import { memoryShelf } from './shelf.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const row = (name: string): PersonRow => ({ id: name, kind: 'agent', name, presence: 'active', can_chat: true });
const listed = (names: string[], next?: string): People => ({
  counts: { agents: 40, customers: 2, out_of_office: 0 },
  rows: names.map(row),
  ...(next === undefined ? {} : { next }),
});

/** Inés looks at her colleagues; the test speaks for the server. */
function inesLooks() {
  const frames = new Listeners<ServerFrame>();
  const ups = new Listeners<undefined>();
  const said: ClientFrame[] = [];
  const live = {
    send: (frame: ClientFrame) => said.push(frame) > 0,
    onFrame: (it: (frame: ServerFrame) => void) => frames.add(it),
    onUp: (it: () => void) => ups.add(it),
  };
  const shown = signal(true);
  const fetched = vi.fn(async () => new Response(JSON.stringify(listed(['Maren Holt', 'Tove Lind']))));
  const api = new Api('agent', undefined, fetched as never);
  const shelf = memoryShelf();
  const store = new PeopleStore({ live, api, shelf, shown });
  const answers = (people: People, asked: Partial<Extract<ServerFrame, { op: 'people' }>> = {}) =>
    frames.tell({ op: 'people', tab: 'agents', limit: 10, ...asked, people });
  const names = () => store.people.value?.rows.map(({ name }) => name);
  return { store, said, shown, answers, names, fetched, shelf, up: () => ups.tell(undefined), live, api };
}

it('A page is asked for, kept up, and asked for again on a new connection', () => {
  const { said, answers, names, up, store } = inesLooks();
  expect(said).toEqual([{ op: 'people', tab: 'agents', limit: 10 }]);
  answers(listed(['Maren Holt']));
  expect([names(), store.fresh.value]).toEqual([['Maren Holt'], true]);
  answers(listed([]));
  expect(names()).toEqual([]);
  up();
  expect(said.length).toBe(2);
  store.close();
  expect(said.at(-1)).toEqual({ op: 'people' });
});

it('Paging goes on and back; an emptied page leads back by itself', () => {
  const { said, answers, store } = inesLooks();
  answers(listed(['Maren Holt'], 'c1'));
  store.next();
  expect([said.at(-1), store.page.value, store.fresh.value]).toEqual([
    { op: 'people', tab: 'agents', limit: 10, after: 'c1' },
    2,
    false,
  ]);
  answers(listed(['Tove Lind']), { after: 'c1' });
  answers(listed([]), { after: 'c1' });
  expect([store.page.value, said.at(-1)]).toEqual([1, { op: 'people', tab: 'agents', limit: 10 }]);
});

it('What is typed is searched for when the typing pauses, from the first page', () => {
  const { said, answers, store } = inesLooks();
  answers(listed(['Maren Holt'], 'c1'));
  store.next();
  for (const q of ['t', 'to', 'tov ']) store.search(q);
  expect(said.length).toBe(2);
  vi.advanceTimersByTime(250);
  expect(said.at(-1)).toEqual({ op: 'people', tab: 'agents', limit: 10, q: 'tov' });
  expect(store.page.value).toBe(1);
});

it('Tab and page size are remembered', () => {
  const { store, live, api, shelf } = inesLooks();
  store.show('out_of_office');
  store.resize(25);
  const again = new PeopleStore({ live, api, shelf, shown: signal(true) });
  expect([again.tab.value, again.limit.value]).toEqual(['out_of_office', 25]);
});

it('A page in the background does not ask', () => {
  const { shown, said } = inesLooks();
  shown.value = false;
  expect(said.at(-1)).toEqual({ op: 'people' });
  shown.value = true;
  expect(said.at(-1)).toEqual({ op: 'people', tab: 'agents', limit: 10 });
});

it('Where another window has the subscription, this one looks by itself', async () => {
  const { answers, names, fetched, store } = inesLooks();
  answers(listed(['Maren Holt']));
  answers(listed([]), { tab: 'customers' });
  expect(names()).toEqual(['Maren Holt']);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(names()).toEqual(['Maren Holt', 'Tove Lind']);
  answers(listed(['Maren Holt']));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetched).toHaveBeenCalledTimes(1);
  store.close();
});
