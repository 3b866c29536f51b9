import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { setServerNow } from '../core/clock.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { now_ms, request } from './fixtures.ts';
import { RequestList } from './RequestList.tsx';

beforeAll(async () => {
  setServerNow(now_ms);
  await loadCatalogue('agent', 'en');
});
afterEach(cleanup);

const [priya, hanne, mei, arne] = ['priya', 'hanne', 'mei', 'arne'].map(request) as [never, never, never, never];
const calls = { onAccept: vi.fn(), onPreview: vi.fn(), onAddChannel: vi.fn() };
const list = (requests: never[], addable = ['refunds']) => (
  <RequestList title="Waiting requests" requests={requests} addable={addable} {...calls} />
);
const names = () =>
  screen.getAllByRole('rowheader').map((cell) => within(cell).getAllByText(/\w+ \w+/)[0]!.textContent);

it('Requests of my channels are listed; the others stand under All channels, with the way to add theirs', () => {
  render(list([priya, hanne, arne]));
  expect(names()).toEqual(['Priya Raman', 'Hanne Dahl']);
  fireEvent.click(screen.getByRole('button', { name: 'All channels 3' }));
  expect(names()).toEqual(['Priya Raman', 'Hanne Dahl', 'Arne Bakke']);
  fireEvent.click(screen.getByRole('button', { name: 'Add Refunds to My Chat Channels' }));
  expect(calls.onAddChannel).toHaveBeenCalledWith('refunds');
});

it('While somebody points at it nothing moves; new ones wait behind a count', () => {
  const { rerender } = render(list([priya, hanne]));
  fireEvent.pointerEnter(screen.getByRole('group', { name: 'Waiting requests' }));
  rerender(list([mei, hanne]));
  expect(names()).toEqual(['Priya Raman', 'Hanne Dahl']);
  expect(screen.getByText('No longer waiting')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /new: show it/ }));
  expect(names()).toEqual(['Mei Tanaka', 'Hanne Dahl']);
});

it('Accept that is not possible says why and does nothing', () => {
  render(list([{ ...(priya as object), can_accept: false, why_not: 'you_are_unavailable' } as never]));
  const button = screen.getByRole('button', { name: 'Accept Priya Raman' });
  fireEvent.click(button);
  expect(calls.onAccept).not.toHaveBeenCalled();
  expect(document.getElementById(button.getAttribute('aria-describedby')!)?.textContent).toMatch(/not taking chats/);
});
