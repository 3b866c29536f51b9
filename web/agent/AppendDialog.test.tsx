import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { TicketLine } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { ticketLine, ticketLineOfNobody, ticketRef } from '../core/examples.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { AppendDialog } from './AppendDialog.tsx';
import * as cast from './fixtures.ts';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const refused = (code: string, status = 409) => Response.json({ code, say: '', next: '' }, { status });

/** Inés with Elin's chat and these tickets; `answers` is what the server says to each append. */
async function ines(tickets: TicketLine[], ...answers: Response[]) {
  const sent: Array<{ cid: string; chat: object }> = [];
  const fetcher = async (address: string, { method, body }: RequestInit) => {
    if (method !== 'POST') return Response.json({ tickets: address.startsWith('/api/tickets') ? tickets : [] });
    sent.push(JSON.parse(String(body)));
    return answers.shift() ?? Response.json(ticketRef);
  };
  const [elin, ...others] = cast.elin.members;
  const chat = { ...cast.elin, members: [{ ...elin!, person: 'elin-sandvik' }, ...others] };
  const link = new FixedLink({ elin: { chat, entries: [] } });
  const desk = new Desk(cast.ines, new Api('agent', undefined, fetcher as never), { link, shelf: memoryShelf() });
  desk.open('elin');
  const close = vi.fn();
  const work = new Work(desk, new Windows(memoryShelf(), 'ines'));
  render(<AppendDialog work={work} chat="elin" onClose={close} />);
  await screen.findAllByRole('radio', { hidden: true });
  return { sent, close };
}

const pick = (n = 0) => fireEvent.click(screen.getAllByRole('radio', { hidden: true })[n]!);
const press = (name: string) =>
  act(async () => void fireEvent.click(screen.getByRole('button', { name, hidden: true })));
const alert = () => screen.findByRole('alert', { hidden: true });
const WARNING = 'This is a ticket of Hanne Dahl, who can then read what Elin Sandvik said.';

it('A ticket of somebody else is warned of, asked about, and taken when it is meant', async () => {
  const { sent, close } = await ines([ticketLine], refused('other_customer'), refused('unknown', 503));
  pick();
  expect(screen.getByText(WARNING)).toBeTruthy();
  await press('Append to ticket');
  expect((await alert()).textContent).toContain(WARNING);
  expect(screen.getAllByText(WARNING)).toHaveLength(1);
  await press('Append all the same');
  await screen.findByText(/not known yet/);
  await press('Try again');
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  const chat = expect.objectContaining({ chat: 'elin', other_customer: true });
  expect(sent[0]?.chat).not.toHaveProperty('other_customer');
  expect(sent.slice(1).map((it) => it.chat)).toEqual([chat, chat]);
  // What is asked anew is another wish; what may have been heard is the same.
  expect(sent[1]?.cid).not.toBe(sent[0]?.cid);
  expect(sent[2]?.cid).toBe(sent[1]?.cid);
});

it('A ticket that takes nothing more is not offered', async () => {
  const full = { ...ticketLine, id: 'full', title: 'Merged away', can_append: false };
  await ines([full, ticketLine]);
  expect(screen.getAllByRole('radio', { hidden: true })).toHaveLength(1);
  expect(screen.getByText(ticketLine.title)).toBeTruthy();
  expect(screen.queryByText('Merged away')).toBeNull();
});

it('Whoever chooses another ticket is asked anew', async () => {
  const other = { ...ticketLineOfNobody, id: 'other' };
  const { sent } = await ines([ticketLine, other], refused('other_customer'), refused('other_customer'));
  pick();
  await press('Append to ticket');
  await alert();
  pick(1);
  expect(screen.queryByRole('button', { name: 'Append all the same', hidden: true })).toBeNull();
  await press('Append to ticket');
  expect((await alert()).textContent).toContain('not of the customer in this chat');
  expect(sent.map(({ chat }) => 'other_customer' in chat)).toEqual([false, false]);
});

it('Of a ticket of hers or her company nobody is warned', async () => {
  const hers = { ...ticketLine, id: 'hers', customer: { person: 'elin-sandvik', name: 'Elin Sandvik' } };
  const company = { ...ticketLine, id: 'company', customer: { ...ticketLine.customer, company: 'Fjell School' } };
  const { close } = await ines([hers, company], refused('in_ticket_already'));
  pick();
  expect(screen.queryByText(/who can then read/)).toBeNull();
  pick(1);
  expect(screen.queryByText(/who can then read/)).toBeNull();
  await press('Append to ticket');
  expect((await alert()).textContent).toBe('All of this conversation is in the ticket already. Nothing was added.');
  expect(close).not.toHaveBeenCalled();
});
