import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { PersonRow } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import * as cast from './fixtures.ts';
import { People, type PeopleProps } from './People.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

function widget(given: Partial<PeopleProps> = {}) {
  const props: PeopleProps = {
    tab: 'agents',
    q: '',
    limit: 10,
    page: 1,
    people: cast.people.agents,
    fresh: true,
    onTab: vi.fn(),
    onSearch: vi.fn(),
    onLimit: vi.fn(),
    onNext: vi.fn(),
    onPrevious: vi.fn(),
    ...given,
  };
  const { rerender } = render(<People {...props} />);
  return { props, again: (more: Partial<PeopleProps>) => rerender(<People {...props} {...more} />) };
}

const rows = () => screen.getAllByRole('listitem');
const row = (name: string) => rows().find((it) => it.textContent?.includes(name))!;

it('Each row says by shape and word how somebody is, and until when he is out of office', () => {
  widget();
  expect(within(row('Chidi Okafor')).getByRole('img', { name: 'Unavailable' })).toBeTruthy();
  expect(row('Maren Holt').textContent).toContain('Active');
  expect(within(row('Yasmin Haddad')).getByRole('img', { name: 'Away' })).toBeTruthy();
  expect(row('Yasmin Haddad').textContent).toMatch(/Out of office until .*December.*5|Out of office until 5 December/);
});

it('The icon is there where somebody handles it and the rules allow it', () => {
  const onChat = vi.fn<(person: PersonRow) => void>();
  const { again } = widget();
  expect(screen.queryByRole('button', { name: /^Chat with/ })).toBeNull();
  again({ onChat });
  expect(screen.getAllByRole('button', { name: /^Chat with/ }).map((it) => it.getAttribute('aria-label'))).toEqual([
    'Chat with Maren Holt',
    'Chat with Tobias Lindqvist',
    'Chat with Yasmin Haddad',
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Chat with Maren Holt' }));
  expect(onChat.mock.calls[0]?.[0].name).toBe('Maren Holt');
});

it('Who is unavailable himself is told so by the icon, and asks nobody', () => {
  const onChat = vi.fn();
  const maren: PersonRow = { ...cast.people.agents.rows[2]!, can_chat: false, why_not: 'you_are_unavailable' };
  widget({ onChat, people: { ...cast.people.agents, rows: [maren] } });
  const icon = screen.getByRole('button', { name: 'Chat with Maren Holt' });
  expect([icon.getAttribute('aria-disabled'), icon.title]).toEqual([
    'true',
    'You are not taking chats. Make yourself available first.',
  ]);
  fireEvent.click(icon);
  expect(onChat).not.toHaveBeenCalled();
});

it('Arrow keys, Home and End lead over the tabs', () => {
  const { props, again } = widget();
  const press = (key: string) => fireEvent.keyDown(screen.getByRole('tab', { selected: true }), { key });
  press('ArrowRight');
  press('ArrowLeft');
  press('End');
  expect(vi.mocked(props.onTab).mock.calls).toEqual([['customers'], ['out_of_office'], ['out_of_office']]);
  again({ tab: 'out_of_office', people: cast.people.out_of_office });
  press('ArrowRight');
  expect(props.onTab).toHaveBeenLastCalledWith('agents');
  expect(screen.getAllByRole('tab').map((it) => it.textContent)).toEqual([
    'Agents 5',
    'Customers 12',
    'Out of office 1',
  ]);
});

it('Paging is offered where there is more, and stops at both ends', () => {
  const { props, again } = widget({ tab: 'customers', people: cast.people.customers });
  fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
  expect(props.onPrevious).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
  expect(props.onNext).toHaveBeenCalled();
  fireEvent.change(screen.getByRole('combobox', { name: 'Rows per page' }), { target: { value: '25' } });
  expect(props.onLimit).toHaveBeenCalledWith(25);
  again({ tab: 'out_of_office', people: cast.people.out_of_office });
  expect(screen.queryByRole('button', { name: 'Next page' })).toBeNull();
});

it('While somebody points at the rows, nobody slides under the pointer', () => {
  const { again } = widget();
  const list = screen.getByRole('list').parentElement!;
  fireEvent.pointerEnter(list);
  const [chidi, , ...others] = cast.people.agents.rows;
  const tove = { ...cast.people.agents.rows[2]!, id: 'tove', name: 'Tove Lind' };
  const people = { ...cast.people.agents, rows: [{ ...chidi!, presence: 'active' as const }, tove, ...others] };
  again({ people });
  expect(rows().map((it) => it.querySelector('bdi')?.textContent)).toEqual(
    cast.people.agents.rows.map(({ name }) => name),
  );
  expect(within(row('Chidi Okafor')).getByRole('img', { name: 'Active' })).toBeTruthy();
  expect(within(row('Inés Vidal')).getByRole('img', { name: 'Offline' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '1 new: show it' }));
  expect(row('Tove Lind')).toBeTruthy();
  expect(row('Inés Vidal')).toBeUndefined();
});

it('Nobody there is said for each tab, and for a search', () => {
  const none = { counts: { agents: 0, customers: 0, out_of_office: 0 }, rows: [] };
  const { again } = widget({ people: none });
  expect(screen.getByText('No agent is logged in now.')).toBeTruthy();
  again({ people: none, tab: 'out_of_office' });
  expect(screen.getByText('Nobody is out of office today.')).toBeTruthy();
  again({ people: none, q: ' zoe ' });
  expect(screen.getByText('Nobody here matches “zoe”.')).toBeTruthy();
});
