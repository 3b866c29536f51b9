import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { InvolvedPerson } from '../api/types.ts';
import { ticketCustomer } from '../core/examples.ts';
import { loadCatalogue } from '../core/i18n.ts';
import * as cast from './fixtures.ts';
import { TicketCustomer, TicketPeople } from './TicketAside.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const elin = { ...ticketCustomer, person: 'elin-sandvik', name: 'Elin Sandvik' };
const chatWith = (name: string) => screen.queryByRole('button', { name: `Chat with ${name}` });

it('The customer of a ticket is there by name, with how he stands, and a chat is one press away', () => {
  const onChat = vi.fn();
  render(<TicketCustomer customer={elin} known={cast.elinSandvik} onChat={onChat} />);
  const card = within(screen.getByRole('region', { name: 'Customer' }));
  expect(card.getByRole('link', { name: 'Elin Sandvik' })).toBeTruthy();
  expect(card.getByRole('img', { name: 'Active' })).toBeTruthy();
  expect(card.getByText('Active')).toBeTruthy();
  expect(chatWith('Elin Sandvik')!.getAttribute('aria-disabled')).toBeNull();
  fireEvent.click(chatWith('Elin Sandvik')!);
  expect(onChat).toHaveBeenCalledWith(expect.objectContaining({ id: 'elin-sandvik', kind: 'customer_user' }));
});

it.each([
  ['offline', 'Not logged in now. A chat can be requested once the customer is back.'],
  ['you_are_unavailable', 'You are not taking chats. Make yourself available first.'],
])('A customer who cannot be asked for a chat: the button says why: %s', (why_not, why) => {
  const onChat = vi.fn();
  const known = { ...cast.elinSandvik, presence: 'offline' as const, can_chat: false, why_not };
  render(<TicketCustomer customer={elin} known={known} onChat={onChat} />);
  expect(screen.getByRole('img', { name: 'Offline' })).toBeTruthy();
  const button = chatWith('Elin Sandvik')!;
  expect([button.getAttribute('aria-disabled'), button.getAttribute('aria-description')]).toEqual(['true', why]);
  fireEvent.click(button);
  expect(onChat).not.toHaveBeenCalled();
});

it('Of a customer without a login there is a name, and neither presence nor chat', () => {
  render(<TicketCustomer customer={{ name: 'Mei Tanaka' }} known={undefined} onChat={() => {}} />);
  expect(screen.getByText('Mei Tanaka')).toBeTruthy();
  expect([screen.queryByRole('img'), screen.queryByRole('button'), screen.queryByRole('link')]).toEqual([
    null,
    null,
    null,
  ]);
  cleanup();
  render(<TicketCustomer customer={{}} known={undefined} onChat={() => {}} />);
  expect(screen.getByText('Nobody')).toBeTruthy();
});

it('The agents of a ticket are there by name, with what they have to do with it and how they stand', () => {
  const [chidi, , maren, , yasmin] = cast.people.agents.rows;
  const people: InvolvedPerson[] = [
    { person: maren!, owner: true, responsible: true },
    { person: yasmin!, owner: false, responsible: false },
    { person: chidi!, owner: false, responsible: true },
  ];
  const onChat = vi.fn();
  render(<TicketPeople people={people} onChat={onChat} />);
  const rows = within(screen.getByRole('region', { name: 'People' })).getAllByRole('listitem');
  expect(
    rows.map((row) => [row.querySelector('.person-name')!.textContent, within(row).getByRole('img').title]),
  ).toEqual([
    ['Maren HoltOwner, Responsible', 'Active'],
    ['Yasmin HaddadContributed', 'Away'],
    ['Chidi OkaforResponsible', 'Unavailable'],
  ]);
  expect(within(rows[1]!).getByText('Away')).toBeTruthy();
  fireEvent.click(chatWith('Maren Holt')!);
  expect(onChat).toHaveBeenCalledWith(maren);
  const button = chatWith('Chidi Okafor')!;
  expect([button.getAttribute('aria-disabled'), button.title]).toEqual([
    'true',
    'Not available right now. Try again later.',
  ]);
  fireEvent.click(button);
  expect(onChat).toHaveBeenCalledOnce();
});

it('Where no agent has to do with it, it says so', () => {
  render(<TicketPeople people={[]} onChat={() => {}} />);
  expect(screen.getByText('No agent has to do with it yet.')).toBeTruthy();
});
