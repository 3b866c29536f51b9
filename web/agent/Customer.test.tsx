import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { CustomerUserView } from '../api/types.ts';
import { setServerNow } from '../core/clock.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { ChatDetails } from './ChatDetails.tsx';
import { Customer } from './Customer.tsx';
import * as cast from './fixtures.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
beforeEach(() => setServerNow(cast.now_ms));
afterEach(cleanup);

function page(rest: Partial<CustomerUserView> = {}) {
  const doors = { onChat: vi.fn(), onShow: vi.fn() };
  render(<Customer customer={{ ...cast.elinSandvik, ...rest }} {...doors} />);
  return doors;
}

const ask = () => screen.getByRole('button', { name: 'Request chat' });

it('Who he is, how he stands, and how he is reached', () => {
  const { onChat } = page();
  expect(screen.getByRole('heading', { level: 1, name: 'Elin Sandvik' })).toBeTruthy();
  const box = within(screen.getByRole('region', { name: 'Customer' }));
  expect(box.getByRole('img', { name: 'Active' })).toBeTruthy();
  expect(box.getByText('Fjell School')).toBeTruthy();
  expect(box.getByRole('link', { name: 'elin@fjell.example' }).getAttribute('href')).toBe('mailto:elin@fjell.example');
  fireEvent.click(ask());
  expect(onChat).toHaveBeenCalledOnce();
});

it('A running chat opens its window, and a closed one leads to the archive', () => {
  const { onShow } = page();
  const chats = within(screen.getByRole('region', { name: 'Chats' }));
  const running = chats.getByRole('button', { name: /^Refunds running 2 unread/ });
  fireEvent.click(running);
  expect(onShow).toHaveBeenCalledWith('elin');
  expect(chats.getByRole('link', { name: /^Travel desk closed/ }).getAttribute('href')).toBe('/agent/archive/closed');
});

it.each([
  ['offline', 'Not logged in now. A chat can be requested once the customer is back.'],
  ['switched_off', 'Chats from agents to customers are switched off.'],
  ['not_allowed', 'You do not have the right to start chats. Your administrator can give it to you.'],
  ['you_are_unavailable', 'You are not taking chats. Make yourself available first.'],
])('A chat that cannot be asked for says why: %s', (why_not, why) => {
  const { onChat } = page({ can_chat: false, why_not });
  fireEvent.click(ask());
  expect(onChat).not.toHaveBeenCalled();
  expect([ask().getAttribute('aria-disabled'), ask().title]).toEqual(['true', why]);
});

it('Without a chat to read the list says so', () => {
  page({ chats: [] });
  expect(screen.getByText('No chats that you can read.')).toBeTruthy();
});

it('The details of a chat lead to a customer user, and to no visitor', () => {
  const [elin, ...others] = cast.elin.members;
  render(<ChatDetails chat={{ ...cast.elin, members: [{ ...elin!, person: 'elin-sandvik' }, ...others] }} />);
  expect(screen.getByRole('link', { name: 'Elin Sandvik' }).getAttribute('href')).toBe('/agent/customers/elin-sandvik');
  cleanup();
  render(<ChatDetails chat={cast.mei} />);
  expect(screen.queryByRole('link')).toBeNull();
});
