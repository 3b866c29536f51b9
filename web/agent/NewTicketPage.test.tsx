import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { PersonRef, Queues } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { queuesThere, ticketRef } from '../core/examples.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { fixedSends } from '../gallery/fixed-sends.ts';
import * as cast from './fixtures.ts';
import { NewTicketPage } from './NewTicketPage.tsx';
import { go, route } from './routes.ts';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  go({ at: 'home' });
});

const queue = (id: string, name: string) => ({ queue: { id, name }, valid: true, can: ['read', 'create'] as never });
const queues: Queues = { queues: [queue('travel', 'Travel'), queue('freight', 'Freight')] };
const maren = { id: 'maren', name: 'Maren Holt' };
const chidi = { id: 'chidi', name: 'Chidi Okafor' };

/** Inés before a new ticket; `readers` are the agents of each queue. */
function ines(answer: Queues, readers: Record<string, PersonRef[]> = {}) {
  const sent: object[] = [];
  const fetcher = async (address: string, { method, body }: RequestInit) => {
    const { pathname, searchParams } = new URL(address, 'http://desk.example');
    if (method === 'POST') sent.push(JSON.parse(String(body)));
    if (method === 'POST') return Response.json(ticketRef);
    const agents = readers[searchParams.get('agents_of') ?? ''];
    return Response.json(pathname === '/api/queues' ? { ...answer, ...(agents && { agents }) } : { customers: [] });
  };
  const api = new Api('agent', undefined, fetcher as never);
  const desk = new Desk(cast.ines, api, { link: new FixedLink({}), shelf: memoryShelf() });
  render(<NewTicketPage work={new Work(desk, new Windows(memoryShelf(), 'ines'))} of={{ at: 'new-ticket' }} />);
  return sent;
}

const list = (name: string) => screen.findByRole<HTMLSelectElement>('combobox', { name });
const choose = async (name: string, value: string) => fireEvent.change(await list(name), { target: { value } });
const names = async (name: string) => [...(await list(name)).options].map(({ text }) => text);

async function make() {
  fireEvent.click(screen.getByRole('radio', { name: 'Nobody' }));
  fireEvent.input(screen.getByLabelText('Title'), { target: { value: 'A van' } });
  fireEvent.input(screen.getByLabelText('What it is about'), { target: { value: 'It is late.' } });
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Create ticket' })));
}

it('A new ticket is given to agents who may read its queue', async () => {
  const sent = ines(queues, { travel: [chidi, maren], freight: [maren] });
  expect(await names('Owner')).toEqual(['Nobody', 'Chidi Okafor', 'Maren Holt']);
  await choose('Owner', 'chidi');
  await choose('Responsible', 'maren');
  await choose('Queue', 'freight');
  await waitFor(async () => expect(await names('Owner')).toEqual(['Nobody', 'Maren Holt']));
  expect([(await list('Owner')).value, (await list('Responsible')).value]).toEqual(['', 'maren']);
  await make();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ queue: 'freight', responsible: 'maren' });
  expect(sent[0]).not.toHaveProperty('owner');
});

it('In a connected ticket system it is given to one of its agents, by login', async () => {
  const choices = { ...queuesThere.choices!, agents: [{ login: 'mh', name: 'Maren Holt' }], responsible: false };
  const sent = ines({ ...queues, choices });
  await choose('Owner', 'mh');
  expect(screen.queryByRole('combobox', { name: 'Responsible' })).toBeNull();
  await make();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ owner: { login: 'mh' } });
  expect(sent[0]).not.toHaveProperty('type');
});

it('A new ticket is of a type from the beginning; those of a connected system have none of ours', async () => {
  const sent = ines(queues);
  expect(await names('Type')).toEqual(['Unclassified', 'Incident', 'Problem', 'Request']);
  await choose('Type', 'problem');
  await make();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ type: 'problem' });
  cleanup();
  ines({ ...queues, choices: queuesThere.choices! });
  await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Type' })).toBeNull());
});

const files = (...names: string[]) => names.map((name) => new File(['Two metres'], name));
const attach = (...names: string[]) =>
  fireEvent.change(screen.getByLabelText('Attach files', { selector: 'input' }), {
    target: { files: files(...names) },
  });
const articleOne = `/api/tickets/${ticketRef.id}/articles/1/files`;
const toTicket = () => waitFor(() => expect(route.value).toEqual({ at: 'ticket', ticket: ticketRef.id }));

it('Files go to the first article once the ticket is made', async () => {
  const sends = fixedSends();
  const sent = ines(queues);
  await screen.findByRole('button', { name: 'Attach files' });
  attach('ramp.txt', 'van.txt', 'none.txt');
  fireEvent.click(screen.getByRole('button', { name: 'Take none.txt off' }));
  expect(sends).toEqual([]);
  await make();
  await toTicket();
  expect(sent).toHaveLength(1);
  expect(sends.map(({ path, name }) => [path, name])).toEqual([
    [articleOne, 'ramp.txt'],
    [articleOne, 'van.txt'],
  ]);
});

it('A file that fails is told of and sent again, and the ticket is made once', async () => {
  const sends = fixedSends('file_type', 'stored', 'cut');
  const sent = ines(queues);
  await screen.findByRole('button', { name: 'Attach files' });
  attach('ramp.txt', 'van.txt');
  await make();
  expect((await screen.findByRole('alert')).textContent).toContain('Not all files are attached');
  expect(screen.getByText(`Ticket ${ticketRef.number} is made.`)).toBeTruthy();
  await waitFor(() => expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toHaveLength(1));
  expect(screen.getByRole('list', { name: 'Files to attach' }).textContent).toContain('ramp.txt');
  expect(screen.queryByLabelText('Title')).toBeNull();
  expect(route.value.at).toBe('home');
  const again = async () => fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await again();
  await screen.findByText(/cannot be reached/);
  await again();
  await toTicket();
  expect(sent).toHaveLength(1);
  expect(sends.map(({ name }) => name)).toEqual(['ramp.txt', 'van.txt', 'ramp.txt', 'ramp.txt']);
  expect([sends[2]?.cid, sends[3]?.cid]).toEqual([sends[0]?.cid, sends[0]?.cid]);
});

it.each(['Go on without these files', 'Take ramp.exe off'])('Who cannot attach a file goes on: %s', async (way) => {
  fixedSends('file_type');
  ines(queues);
  await screen.findByRole('button', { name: 'Attach files' });
  attach('ramp.exe');
  await make();
  fireEvent.click(await screen.findByRole('button', { name: way }));
  await toTicket();
});

it('To a ticket of a connected system nothing is attached', async () => {
  ines({ ...queues, choices: queuesThere.choices! });
  await screen.findByRole('combobox', { name: 'State' });
  await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Type' })).toBeNull());
  expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull();
});
