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
const [tobias, lucía, hidden] = ['tobias', 'lucia', 'hidden'].map(request) as [never, never, never];
const calls = {
  ...{ onAccept: vi.fn(), onJoin: vi.fn(), onDecline: vi.fn(), onHide: vi.fn() },
  ...{ onPreview: vi.fn(), onAddChannel: vi.fn() },
};
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

it('An invitation without a note says who invites to which chat', () => {
  const { rerender } = render(list([{ ...(lucía as object), first_message: '' } as never]));
  expect(screen.getByText('Lucía Ferrán invites you to the chat with Arne Bakke')).toBeTruthy();
  rerender(list([{ ...(lucía as object), first_message: '', with: undefined } as never]));
  expect(screen.getByText('Lucía Ferrán invites you to a chat')).toBeTruthy();
});

it('Personal requests and invitations say what they are, and can be declined but not hidden', () => {
  render(list([tobias, lucía, priya]));
  const row = (name: string) => within(screen.getByRole('rowheader', { name: new RegExp(name) }).closest('tr')!);
  expect(row('Tobias').getByText('For you')).toBeTruthy();
  expect(row('Tobias').getByText('Among agents')).toBeTruthy();
  expect(row('Lucía').getByText('Invitation')).toBeTruthy();
  expect(row('Lucía').getByText('to the chat with Arne Bakke')).toBeTruthy();
  expect(row('Priya').getByText('Visitor')).toBeTruthy();
  fireEvent.click(row('Tobias').getByRole('button', { name: 'Decline the request of Tobias Lindqvist' }));
  fireEvent.click(row('Lucía').getByRole('button', { name: 'Decline the invitation of Lucía Ferrán' }));
  expect(calls.onDecline.mock.calls.map(([request]) => request.requester)).toEqual([
    'Tobias Lindqvist',
    'Lucía Ferrán',
  ]);
  expect(row('Tobias').queryByRole('button', { name: /Hide/ })).toBeNull();
});

it('An invitation is followed as participant or as observer, as far as it goes', () => {
  const { rerender } = render(list([lucía]));
  fireEvent.click(screen.getByRole('menuitem', { name: /Join as observer/, hidden: true }));
  expect(calls.onJoin).toHaveBeenLastCalledWith(expect.objectContaining({ chat: 'lucia' }), 'observer');
  rerender(list([{ ...(lucía as object), role: 'observer' } as never]));
  expect(screen.queryByRole('menuitem', { hidden: true })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /Join the chat/ }));
  expect(calls.onJoin).toHaveBeenLastCalledWith(expect.objectContaining({ chat: 'lucia' }), 'observer');
});

it('What one has hidden is counted nowhere but under Hidden, and comes back from there', () => {
  render(list([priya, hidden]));
  expect(screen.getByRole('button', { name: 'My channels 1' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'All channels 1' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Hide the request of Priya Raman for me' }));
  expect(calls.onHide).toHaveBeenLastCalledWith(expect.objectContaining({ chat: 'priya' }), true);
  fireEvent.click(screen.getByRole('button', { name: 'Hidden 1' }));
  expect(names()).toEqual(['Chidi Okafor']);
  fireEvent.click(screen.getByRole('button', { name: 'Show the request of Chidi Okafor again' }));
  expect(calls.onHide).toHaveBeenLastCalledWith(expect.objectContaining({ chat: 'hidden' }), false);
});
