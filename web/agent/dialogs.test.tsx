import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../core/i18n.ts';
import { ChangeChannelDialog } from './ChangeChannelDialog.tsx';
import * as cast from './fixtures.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { MoveRow } from './MoveRow.tsx';
import { NoticeSettings } from './NoticeSettings.tsx';
import type { Tried } from './notices.ts';
import { RequestChatDialog } from './RequestChatDialog.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const button = (name: string) => screen.getByRole('button', { name, hidden: true });
const field = (name: string) => screen.getByRole('textbox', { name, hidden: true }) as HTMLTextAreaElement;
const radio = (name: RegExp | string) => screen.getByRole('radio', { name, hidden: true }) as HTMLInputElement;
const select = () => screen.getByRole('combobox', { hidden: true }) as HTMLSelectElement;

const hanne = { id: 'hanne', name: 'Hanne Dahl', kind: 'customer_user' as const };

it('A request for a chat needs a message, and keeps it when it is refused', async () => {
  const answers = ['This person is not available right now.', undefined];
  const send = vi.fn(async () => answers.shift());
  const close = vi.fn();
  render(<RequestChatDialog person={hanne} channels={[cast.travel, cast.freight]} onSend={send} onClose={close} />);
  fireEvent.click(button('Create'));
  expect(screen.getByRole('alert', { hidden: true }).textContent).toBe('Write a message first.');
  fireEvent.input(field('First message'), { target: { value: 'Your refund came back.' } });
  fireEvent.change(select(), { target: { value: 'freight' } });
  fireEvent.keyDown(field('First message'), { key: 'Enter' });
  expect((await screen.findByRole('alert', { hidden: true })).textContent).toContain('not available');
  expect(field('First message').value).toBe('Your refund came back.');
  expect(close).not.toHaveBeenCalled();
  fireEvent.click(button('Create'));
  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(send).toHaveBeenLastCalledWith('Your refund came back.', 'freight');
});

it('A colleague is found by name, and comes as what his right allows', async () => {
  const invite = vi.fn(async () => undefined);
  const fetch = vi.fn(async () => cast.invitees);
  render(<InviteDialog fetch={fetch} onInvite={invite} onClose={() => {}} />);
  await screen.findByText('Chidi Okafor');
  fireEvent.click(button('Invite'));
  expect(screen.getByRole('alert', { hidden: true }).textContent).toBe('Choose somebody first.');
  const search = screen.getByRole('searchbox', { hidden: true });
  fireEvent.input(search, { target: { value: 'lucia' } });
  expect(screen.queryByText('Chidi Okafor')).toBeNull();
  fireEvent.click(radio(/Lucía Ferrán/));
  expect(radio('Participant').checked).toBe(true);
  fireEvent.input(search, { target: { value: 'zz' } });
  expect(screen.getByText(/Nobody here has such a name/)).toBeTruthy();
  fireEvent.input(search, { target: { value: '' } });
  fireEvent.click(radio(/Maren Holt/));
  expect([radio('Participant').disabled, radio('Observer').checked]).toEqual([true, true]);
  expect(screen.getByText('Maren Holt may only observe in this channel.')).toBeTruthy();
  fireEvent.input(field('Note for your colleague (optional)'), { target: { value: ' She is a regular. ' } });
  fireEvent.click(button('Invite'));
  const whom = { person: 'maren', role: 'observer', note: 'She is a regular.' };
  await waitFor(() => expect(invite).toHaveBeenCalledWith(whom, 'Maren Holt'));
  fireEvent.click(button('Load the list again'));
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('Where nobody can be invited the dialog says so', async () => {
  render(<InviteDialog fetch={async () => []} onInvite={async () => undefined} onClose={() => {}} />);
  expect(await screen.findByText(/Nobody is available for this chat/)).toBeTruthy();
});

it('A running chat goes to any other channel; where nobody is it says so', async () => {
  const move = vi.fn(async () => undefined);
  const close = vi.fn();
  render(<ChangeChannelDialog chat={cast.elin} fetch={async () => cast.movable} onMove={move} onClose={close} />);
  await screen.findByRole('combobox', { hidden: true });
  const options = [...select().options].map(({ text, disabled }) => [text, disabled]);
  expect(options).toEqual([
    ['Travel desk', false],
    ['Freight (nobody is there)', false],
  ]);
  fireEvent.change(select(), { target: { value: 'freight' } });
  fireEvent.click(button('Change channel'));
  await waitFor(() => expect(move).toHaveBeenCalledWith(cast.freight));
  await waitFor(() => expect(close).toHaveBeenCalled());
});

it('A waiting request is not sent where nobody is', () => {
  const { rerender } = render(<MoveRow channels={cast.movable} onMove={async () => undefined} />);
  expect([...select().options].map(({ disabled }) => disabled)).toEqual([false, true, false]);
  rerender(<MoveRow channels={[{ channel: cast.freight, available: false }]} onMove={async () => undefined} />);
  expect(button('Move').getAttribute('aria-disabled')).toBe('true');
});

it('Notifications and the bell can be tried out; what did not happen is said, and blocked ones are warned of', async () => {
  let tried: Tried = { shown: true, rang: true };
  const props = { onAllow: vi.fn(), sound: true, onSound: vi.fn(), onTry: async () => tried, onClose: vi.fn() };
  const { rerender } = render(<NoticeSettings {...props} permission="granted" />);
  const says = async (what: RegExp) => {
    fireEvent.click(button('Try it out'));
    await waitFor(() => expect(screen.getByRole('status', { hidden: true }).textContent).toMatch(what));
  };
  await says(/^A notification was sent.*The bell rang/);
  tried = { shown: false, rang: undefined };
  await says(/^Your browser did not show the notification. The bell is switched off/);
  fireEvent.click(screen.getByRole('checkbox', { hidden: true }));
  expect(props.onSound).toHaveBeenLastCalledWith(false);

  rerender(<NoticeSettings {...props} permission="default" />);
  fireEvent.click(button('Allow notifications'));
  expect(props.onAllow).toHaveBeenCalled();
  tried = { shown: false, rang: false };
  await says(/^No notification: your browser was not asked yet.*did not let the bell ring/);

  rerender(<NoticeSettings {...props} permission="denied" />);
  expect(screen.getByRole('alert', { hidden: true }).textContent).toContain('Your browser blocks notifications');
  await says(/^No notification: your browser blocks them/);
  rerender(<NoticeSettings {...props} permission={undefined} />);
  await says(/^No notification: your browser shows none here/);
});
