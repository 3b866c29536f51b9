import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Me } from '../api/types.ts';
import { articleViewChat, myTicket, myTicketLine, myTicketLineColleague, ticketRef } from '../core/examples.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Lobby } from '../core/lobby.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { fixedSends } from '../gallery/fixed-sends.ts';
import { NewTicketPage } from './NewTicketPage.tsx';
import { titleOf } from './new-ticket.ts';
import { go, pathTo, read, route } from './routes.ts';
import { TicketPage } from './TicketPage.tsx';
import { TicketsPage } from './TicketsPage.tsx';
import { putIn } from './ticket.ts';
import { ChatWindow } from './window.ts';

beforeAll(() => loadCatalogue('customer', 'en'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

type Answer = object | 'cut' | { status: number; body: object };

/** Hanne in the portal; the test answers for the server, route by route. */
function hanne(answers: Record<string, Answer[]>, known: Partial<Me> = {}) {
  const asked: Array<{ route: string; body: Record<string, string> }> = [];
  const fetcher = vi.fn(async (address: string, { method, body }: RequestInit) => {
    const route = `${method} ${address}`;
    asked.push({ route, body: body ? JSON.parse(body as string) : undefined });
    const answer = answers[route]?.shift();
    if (answer === undefined || answer === 'cut') throw new TypeError('Failed to fetch');
    if ('status' in answer) return new Response(JSON.stringify(answer.body), { status: answer.status as number });
    return new Response(JSON.stringify(answer));
  });
  const me: Me = { id: 'hanne', kind: 'customer_user', name: 'Hanne Dahl', ...known };
  const api = new Api('customer', undefined, fetcher as never);
  const lobby = new Lobby(me, api, new FixedLink({}), { shelf: memoryShelf() });
  return { lobby, asked };
}

const posts = (asked: Array<{ route: string; body: Record<string, string> }>) =>
  asked.filter(({ route }) => route.startsWith('POST')).map(({ body }) => body);

it('Tickets come page by page, and in the company’s list each says whose it is', async () => {
  const other = { ...myTicketLineColleague, id: 'other', title: 'Lost trailer' };
  const { lobby } = hanne({
    'GET /api/my/tickets?whose=company': [{ tickets: [myTicketLine], next: 'n' }],
    'GET /api/my/tickets?whose=company&before=n': ['cut', { tickets: [myTicketLine, other] }],
  });
  render(<TicketsPage lobby={lobby} whose="company" />);
  fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByText('Lost trailer');
  expect(within(screen.getByRole('list')).getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByText('Elin Sandvik')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('A chat in a ticket reads as a conversation', async () => {
  const ticket = { ...myTicket, articles: [articleViewChat], can_write: false };
  const { lobby } = hanne({ 'GET /api/my/tickets/t': [ticket] });
  render(<TicketPage id="t" lobby={lobby} chats={new ChatWindow(lobby)} />);
  const talk = within(within(await screen.findByRole('list', { name: 'What was written' })).getByRole('list'));
  expect(talk.getByText('Is the refund on its way?').closest('li')!.textContent).toContain('You');
  expect(talk.getByText('Maren Holt joined')).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.getByText(/takes no more texts/)).toBeTruthy();
});

it('What is written to a ticket stays until it is there, and goes in once', async () => {
  const written = { ...myTicket.articles[0]!, n: 2, body: 'It came.', author: 'Hanne Dahl' };
  const { lobby, asked } = hanne({
    'GET /api/my/tickets/t': [myTicket, { ...myTicket, articles: [...myTicket.articles, written] }],
    'POST /api/my/tickets/t/articles': ['cut', ticketRef],
  });
  render(<TicketPage id="t" lobby={lobby} chats={new ChatWindow(lobby)} />);
  const field = (await screen.findByRole('textbox', { name: 'Write to this ticket' })) as HTMLTextAreaElement;
  fireEvent.input(field, { target: { value: 'It came.' } });
  const send = () => fireEvent.submit(field.form!);
  send();
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
  expect(field.value).toBe('It came.');
  send();
  await waitFor(() => expect(field.value).toBe(''));
  await screen.findByText('It came.');
  const [first, second] = posts(asked);
  expect(second).toEqual(first);
});

it('Earlier articles come before the others when they are asked for, with the keyboard at the first, and stay', async () => {
  const letters = (...numbers: number[]) => numbers.map((n) => ({ ...myTicket.articles[0]!, n, body: `Letter ${n}` }));
  const { lobby } = hanne({
    'GET /api/my/tickets/t': [
      { ...myTicket, articles: letters(4, 6), earlier: true },
      { ...myTicket, articles: letters(6, 7), earlier: true },
    ],
    'GET /api/my/tickets/t?before=4': ['cut', { ...myTicket, articles: letters(2, 3), earlier: true }],
    'GET /api/my/tickets/t?before=2': [{ ...myTicket, articles: letters(1), earlier: false }],
  });
  render(<TicketPage id="t" lobby={lobby} chats={new ChatWindow(lobby)} />);
  const earlier = () => screen.getByRole('button', { name: 'Earlier articles' });
  const shown = () => screen.getAllByText(/^Letter/).map(({ textContent }) => textContent!.at(-1));
  const at = () => document.activeElement?.textContent;
  (await screen.findByRole('button', { name: 'Earlier articles' })).focus();
  fireEvent.click(earlier());
  expect(earlier().getAttribute('aria-busy')).toBe('true');
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
  expect([document.activeElement, shown()]).toEqual([earlier(), ['4', '6']]);
  fireEvent.click(earlier());
  await waitFor(() => expect(at()).toContain('Letter 2'));
  expect(screen.queryByRole('alert')).toBeNull();
  await act(async () => void putIn.value++);
  await waitFor(() => expect(shown()).toEqual(['2', '3', '4', '6', '7']));
  expect(at()).toContain('Letter 2');
  earlier().focus();
  fireEvent.click(earlier());
  await waitFor(() => expect(at()).toContain('Letter 1'));
  expect(screen.queryByRole('button', { name: 'Earlier articles' })).toBeNull();
});

it('A new ticket says what is missing, keeps its text over a refusal, and shows what it became', async () => {
  const { lobby, asked } = hanne({
    'POST /api/my/tickets': [{ status: 429, body: { code: 'too_many', say: '', next: '' } }, ticketRef],
  });
  render(<NewTicketPage lobby={lobby} />);
  const [title, text] = ['Title', 'What is it about?'].map(
    (name) => screen.getByRole('textbox', { name }) as HTMLInputElement,
  ) as [HTMLInputElement, HTMLInputElement];
  const make = () => act(async () => void fireEvent.submit(title.form!));
  await make();
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
    'Give it a title first: a few words are enough.',
    'Write a message first.',
  ]);
  fireEvent.input(title, { target: { value: 'My trailer' } });
  fireEvent.input(text, { target: { value: 'Where is it?' } });
  await make();
  expect((await screen.findByRole('alert')).textContent).toContain('That was a lot in a short time');
  expect(title.value).toBe('My trailer');
  await make();
  await waitFor(() => expect(route.value).toEqual({ at: 'ticket', ticket: ticketRef.id }));
  expect(posts(asked)[1]).toMatchObject({ title: 'My trailer', text: 'Where is it?', language: 'en' });
});

it('Files go along with a new ticket; one that fails is told of and sent again, and the ticket is made once', async () => {
  go({ at: 'new-ticket' });
  const sends = fixedSends('stored', 'file_type');
  const { lobby, asked } = hanne({ 'POST /api/my/tickets': [ticketRef] });
  render(<NewTicketPage lobby={lobby} />);
  const files = ['ramp.txt', 'van.txt'].map((name) => new File(['Two metres'], name));
  fireEvent.change(screen.getByLabelText('Attach files', { selector: 'input' }), { target: { files } });
  for (const name of ['Title', 'What is it about?']) {
    fireEvent.input(screen.getByRole('textbox', { name }), { target: { value: 'My trailer' } });
  }
  expect(sends).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Create ticket' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Not all files are attached');
  expect(screen.getByText(`The ticket is there, with the number ${ticketRef.number}.`)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Files to attach' }).textContent).toMatch(/^van\.txt/);
  expect(screen.getByRole('button', { name: 'Go on without these files' })).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(route.value).toEqual({ at: 'new-ticket' });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(route.value).toEqual({ at: 'ticket', ticket: ticketRef.id }));
  expect(posts(asked)).toHaveLength(1);
  expect(new Set(sends.map(({ path }) => path))).toEqual(new Set([`/api/tickets/${ticketRef.id}/articles/1/files`]));
  expect(sends.map(({ name }) => name)).toEqual(['ramp.txt', 'van.txt', 'van.txt']);
  expect(sends[2]?.cid).toBe(sends[1]?.cid);
});

it('To a ticket of a connected system nothing is attached', () => {
  const { lobby } = hanne({}, { foreign_desk: 'Znuny' } as never);
  render(<NewTicketPage lobby={lobby} />);
  expect(screen.getByRole('button', { name: 'Create ticket' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull();
});

it('Places of tickets have addresses', () => {
  const places = [
    { at: 'tickets', whose: 'mine' },
    { at: 'tickets', whose: 'company' },
    { at: 'new-ticket' },
    { at: 'ticket', ticket: 'a/b' },
  ] as const;
  for (const place of places) expect(read(pathTo(place))).toEqual(place);
});

it('A title is the first line, shortened where it is long', () => {
  expect(titleOf('  My trailer \nWhere is it?')).toBe('My trailer');
  expect([...titleOf('🛶'.repeat(200))]).toHaveLength(80);
});
