import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { CustomerUserView } from '../api/types.ts';
import { setServerNow } from '../core/clock.ts';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { ChatDetails } from './ChatDetails.tsx';
import { Customer } from './Customer.tsx';
import { CustomerPage } from './CustomerPage.tsx';
import * as cast from './fixtures.ts';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

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

it('Further chats are fetched behind those that are shown, and none is lost or twice', async () => {
  const chat = (id: string) => ({ ...cast.archived[0]!, id, last_text: `Chat ${id}` });
  const pages: Record<string, Partial<CustomerUserView>> = {
    '': { chats: ['a', 'b'].map(chat), next: 'b' },
    b: { chats: ['c', 'd'].map(chat), next: 'd' },
    d: { chats: [chat('e')] },
  };
  const answer = (address: string) => {
    const after = new URL(address, 'http://desk.example').searchParams.get('after') ?? '';
    return Promise.resolve(Response.json({ ...cast.elinSandvik, ...pages[after] }));
  };
  const link = new FixedLink({});
  const desk = new Desk(cast.ines, new Api('agent', undefined, answer as never), { link, shelf: memoryShelf() });
  render(
    <CustomerPage
      work={new Work(desk, new Windows(memoryShelf(), 'ines'))}
      customer="elin-sandvik"
      onOver={() => {}}
    />,
  );
  const shown = () => screen.getAllByText(/^Chat [a-z]$/).map((text) => text.textContent!.at(-1));
  const more = () => fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await screen.findByText('Chat b');
  more();
  await screen.findByText('Chat d');
  // A new one pushes the last of the first page off it.
  pages[''] = { chats: ['n', 'a'].map(chat), next: 'a' };
  link.tell({ op: 'desk', me: cast.ines, requests: [], chats: [] });
  await screen.findByText('Chat n', {}, { timeout: 3_000 });
  more();
  await screen.findByText('Chat e');
  expect(shown()).toEqual(['n', 'a', 'b', 'c', 'd', 'e']);
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('The details of a chat lead to a customer user, and to no visitor', () => {
  const [elin, ...others] = cast.elin.members;
  render(<ChatDetails chat={{ ...cast.elin, members: [{ ...elin!, person: 'elin-sandvik' }, ...others] }} />);
  expect(screen.getByRole('link', { name: 'Elin Sandvik' }).getAttribute('href')).toBe('/agent/customers/elin-sandvik');
  cleanup();
  render(<ChatDetails chat={cast.mei} />);
  expect(screen.queryByRole('link')).toBeNull();
});
