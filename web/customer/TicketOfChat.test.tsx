import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { ChatView, EntryView, Me } from '../api/types.ts';
import { ticketRef } from '../core/examples.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Lobby } from '../core/lobby.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { fixedSends } from '../gallery/fixed-sends.ts';
import { ChatCorner } from './ChatCorner.tsx';
import { ChatWindow } from './window.ts';

beforeAll(() => loadCatalogue('customer', 'en'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const travel = { id: 'travel', name: 'Travel desk' };
const asks: EntryView = { seq: 1, at: 0, who: 1, what: { kind: 'message', text: 'Where is my refund?\nIt is late.' } };

interface Given {
  me?: Partial<Me>;
  /** What the server says instead, by the end of the address. */
  refused?: Record<string, string>;
}

/** Hanne with one conversation in the window; her tickets go through. */
async function hanne(more: Partial<ChatView>, { me: known = {}, refused = {} }: Given = {}) {
  const chat: ChatView = {
    ...{ id: 'refund', channel: travel, direction: 'customer_to_agent', state: 'closed', created_at: 0, me: 1 },
    ...{ members: [], can: [], head: 1, read: 1, unread: 0, seen: 0, text_limit: 3_800, agent_lost: false },
    ...more,
  };
  const asked: Array<{ route: string; body: Record<string, string> }> = [];
  const fetcher = async (address: string, { method, body }: RequestInit) => {
    asked.push({ route: `${method} ${address}`, body: JSON.parse(String(body)) });
    const [, code] = Object.entries(refused).find(([end]) => address.endsWith(end)) ?? [];
    if (code) return new Response(JSON.stringify({ code, say: '', next: '' }), { status: 409 });
    return new Response(JSON.stringify(address.endsWith('/close') ? { ...chat, state: 'closed' } : ticketRef));
  };
  const link = new FixedLink({ refund: { chat, entries: [asks] } });
  const me: Me = { id: 'hanne', kind: 'customer_user', name: 'Hanne Dahl', ...known };
  const lobby = new Lobby(me, new Api('customer', undefined, fetcher as never), link, { shelf: memoryShelf() });
  const chats = new ChatWindow(lobby);
  render(<ChatCorner chats={chats} />);
  const summary = { ...chat, last_at: 0, gone: false, asked: false };
  await act(async () => {
    link.tell({ op: 'lobby', channels: [{ channel: travel, available: false }], chats: [summary] });
    chats.show('refund');
  });
  return { asked, chats };
}

it('A conversation that is over becomes a ticket, named after its first words', async () => {
  const { asked } = await hanne({});
  expect(screen.queryByRole('button', { name: 'Download PDF' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Create a ticket' }));
  const dialog = within(screen.getByRole('dialog', { hidden: true }));
  expect((dialog.getByLabelText('Title') as HTMLInputElement).value).toBe('Where is my refund?');
  fireEvent.input(dialog.getByLabelText('What is it about?'), { target: { value: 'Please pay it.' } });
  await act(async () => void fireEvent.submit(dialog.getByLabelText('Title').closest('form')!));
  expect(await screen.findByText(new RegExp(`with the number ${ticketRef.number}`))).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Show the ticket' }).getAttribute('href')).toContain(ticketRef.id);
  expect(asked[0]?.body).toMatchObject({ chat: 'refund', title: 'Where is my refund?', text: 'Please pay it.' });
});

it('A file that does not get into the ticket of a conversation stays in sight until it is there', async () => {
  const sends = fixedSends('cut');
  const { asked } = await hanne({});
  fireEvent.click(screen.getByRole('button', { name: 'Create a ticket' }));
  const dialog = within(screen.getByRole('dialog', { hidden: true }));
  const chooser = dialog.getByLabelText('Attach files', { selector: 'input' });
  fireEvent.change(chooser, { target: { files: [new File(['Two metres'], 'ramp.txt')] } });
  fireEvent.input(dialog.getByLabelText('What is it about?'), { target: { value: 'Please pay it.' } });
  fireEvent.submit(dialog.getByLabelText('Title').closest('form')!);
  expect((await screen.findByRole('alert')).textContent).toContain('Not all files are attached');
  expect(screen.queryByRole('dialog', { hidden: true })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Show the ticket' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Show the ticket' })).toBeTruthy();
  expect(screen.queryByText('ramp.txt')).toBeNull();
  expect([asked.length, sends.length]).toEqual([1, 2]);
});

it('A ticket that is closed meanwhile takes no conversation: a new one does', async () => {
  const { asked } = await hanne({ ticket: ticketRef }, { refused: { '/chats': 'ticket_closed' } });
  const { number } = ticketRef;
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: `Add it to ticket ${number}` })));
  expect((await screen.findByRole('alert')).textContent).toContain(`Ticket ${number} is closed`);
  expect(screen.queryByRole('button', { name: /Add it/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Create a ticket' }));
  const dialog = within(screen.getByRole('dialog', { hidden: true }));
  fireEvent.input(dialog.getByLabelText('What is it about?'), { target: { value: 'Please pay it.' } });
  await act(async () => void fireEvent.submit(dialog.getByLabelText('Title').closest('form')!));
  expect(await screen.findByRole('link', { name: 'Show the ticket' })).toBeTruthy();
  expect(asked.at(-1)).toMatchObject({ route: 'POST /api/my/tickets', body: { chat: 'refund' } });
});

it('A conversation that is over goes out by e-mail where that can be', async () => {
  const mail = { mail: true, email: 'hanne@wiebe.example' };
  const { asked } = await hanne({ can: ['mail'] }, { me: mail });
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Send it to me by e-mail' })));
  expect(asked.map(({ route }) => route)).toEqual(['POST /api/chats/refund/mail']);
  cleanup();
  await hanne({ can: ['mail'] });
  expect(screen.queryByRole('button', { name: 'Send it to me by e-mail' })).toBeNull();
});

it('Whoever waited long enough leaves what he asked as a ticket, and waits no longer', async () => {
  const { asked } = await hanne({ state: 'requested', no_answer_at: 1, can: ['send', 'close'] });
  fireEvent.click(screen.getByRole('button', { name: 'Leave it as a message' }));
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Leave message' })));
  expect(await screen.findByText(new RegExp(`ticket number ${ticketRef.number}`))).toBeTruthy();
  expect(asked.map(({ route }) => route)).toEqual(['POST /api/my/tickets', 'POST /api/chats/refund/close']);
  expect(asked[0]?.body).toMatchObject({
    ...{ title: 'Where is my refund?', text: 'Where is my refund?\nIt is late.', channel: 'travel' },
  });
});

it('Where nobody is free the start form leaves a ticket', async () => {
  const { asked, chats } = await hanne({});
  act(() => chats.showNew());
  fireEvent.input(screen.getByRole('textbox', { name: 'Your message' }), { target: { value: 'Do dogs pay?' } });
  expect(screen.queryByRole('textbox', { name: /e-mail/ })).toBeNull();
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Leave message' })));
  expect(await screen.findByRole('link', { name: 'Show the ticket' })).toBeTruthy();
  expect(asked[0]?.body).toMatchObject({ title: 'Do dogs pay?', text: 'Do dogs pay?', channel: 'travel' });
});
