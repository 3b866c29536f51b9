import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ArticleView } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { ticketViewBare } from '../core/examples.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import * as cast from './fixtures.ts';
import { TicketPage } from './TicketPage.tsx';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const letter = (n: number): ArticleView => ({
  ...{ n, author: 'Hanne Dahl', body: `Letter ${n}`, subject: `No. ${n}`, at: cast.now_ms },
  ...{ channel: 'web', sender: 'customer', visible: true },
});
type Written = number | ArticleView;
const ticket = (written: Written[], earlier?: boolean) => {
  const articles = written.map((it) => (typeof it === 'number' ? letter(it) : it));
  return Response.json({ ...ticketViewBare, can: ['note'], articles, ...(earlier && { earlier }) });
};

/** Inés with a ticket of which the newest articles come at once; `earlier` is what the server says of those before. */
async function ines(newest: Written[][], earlier: Record<string, () => Promise<Response>> = {}) {
  const fetcher = async (address: string) => {
    const [path, query = ''] = address.split('?');
    if (path !== '/api/tickets/t') return Response.json({ queues: [] });
    return query === '' ? ticket(newest.length > 1 ? newest.shift()! : newest[0]!, true) : earlier[query]!();
  };
  const link = new FixedLink({});
  const desk = new Desk(cast.ines, new Api('agent', undefined, fetcher as never), { link, shelf: memoryShelf() });
  const work = new Work(desk, new Windows(memoryShelf(), 'ines'));
  render(<TicketPage work={work} ticket="t" onOver={() => {}} />);
  await soon();
  const changes = () => act(() => link.tell({ op: 'desk', me: cast.ines, requests: [], chats: [] }));
  return { changes };
}

const soon = (ms = 0) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const earlier = () => screen.getByRole('button', { name: 'Earlier articles' });
const shown = () => screen.getAllByRole('article').map((it) => within(it).getByText(/^No\. \d$/).textContent);
const article = (name: RegExp) => screen.getByRole('article', { name });

it('Earlier articles come before the others when they are asked for, with the keyboard at the first, and stay', async () => {
  const answers = [async () => Promise.reject(new TypeError('Failed to fetch')), async () => ticket([1, 2])];
  const { changes } = await ines(
    [
      [3, 4],
      [4, 5],
    ],
    { 'before=3': () => answers.shift()!() },
  );
  earlier().focus();
  fireEvent.click(earlier());
  expect(earlier().getAttribute('aria-busy')).toBe('true');
  await soon();
  expect(screen.getByRole('alert').textContent).toContain('The server cannot be reached');
  expect([document.activeElement, shown()]).toEqual([earlier(), ['No. 3', 'No. 4']]);
  fireEvent.click(earlier());
  await soon();
  expect(shown()).toEqual(['No. 1', 'No. 2', 'No. 3', 'No. 4']);
  expect(document.activeElement).toBe(article(/No\. 1/));
  expect(screen.queryByRole('button', { name: 'Earlier articles' })).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
  changes();
  await soon(1_000);
  expect(shown()).toEqual(['No. 1', 'No. 2', 'No. 3', 'No. 4', 'No. 5']);
  expect(document.activeElement).toBe(article(/No\. 1/));
});

it('Who began to write meanwhile keeps the keyboard, and what does not join on is asked for anew', async () => {
  const { changes } = await ines(
    [
      [3, 4],
      [8, 9],
    ],
    { 'before=3': () => new Promise((resolve) => setTimeout(() => resolve(ticket([1, 2])), 200)) },
  );
  fireEvent.click(earlier());
  const field = screen.getByRole('textbox', { name: 'Note' });
  field.focus();
  await soon(200);
  expect(shown()).toEqual(['No. 1', 'No. 2', 'No. 3', 'No. 4']);
  expect(document.activeElement).toBe(field);
  changes();
  await soon(1_000);
  expect(shown()).toEqual(['No. 8', 'No. 9']);
  expect(earlier()).toBeTruthy();
});

it('Who wrote it stands first, a subject only where it is another than the title, and a chat has the name of its guest', async () => {
  const said = (kind: 'agent' | 'customer_user', name: string) => ({
    at: cast.now_ms,
    by: { kind, name },
    text: 'Hello',
  });
  const [hers, inés] = [said('customer_user', 'Hanne Dahl'), said('agent', 'Inés Vidal')];
  const internal = { visible: false, subject: ticketViewBare.title };
  const note: ArticleView = { ...letter(2), ...internal, author: 'Maren Holt', channel: 'internal' };
  const chat: ArticleView = { ...letter(3), author: 'Inés Vidal', channel: 'chat', chat: { lines: [inés, hers] } };
  const notes: ArticleView = { ...chat, ...internal, n: 4, chat: { lines: [{ ...inés, note: true }] } };
  await ines([[1, note, chat, notes]]);
  const heads = screen.getAllByRole('article').map((it) => within(it).getByRole('heading').textContent);
  expect(heads).toEqual(['Hanne Dahl', 'Maren Holt', 'Chat with Hanne Dahl', 'Chat']);
  expect(article(/Hanne Dahl No\. 1/).textContent).toMatch(/^HDHanne DahlWebCustomer reads it/);
  expect(article(/Maren Holt/).textContent).toMatch(/^MHMaren HoltNoteAgents only\D+\d/);
  expect(within(article(/Maren Holt/)).queryByText(ticketViewBare.title)).toBeNull();
  expect(article(/Chat with/).textContent).toContain('Inés Vidal put a chat here');
});
