import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ChatView } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { ChatWindow } from './ChatWindow.tsx';
import * as cast from './fixtures.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const calls = {
  ...{
    onDraft: vi.fn(),
    onAudience: vi.fn(),
    onSend: vi.fn(),
    onRetry: vi.fn(),
    onSeen: vi.fn(),
    onAct: vi.fn(),
    onRedact: vi.fn(),
  },
  ...{ onAccept: vi.fn(), onMinimise: vi.fn(), onRemove: vi.fn(), onInvite: vi.fn(), onChangeChannel: vi.fn() },
  ...{ onRole: vi.fn(), onNotify: vi.fn(), onOwnWindow: vi.fn() },
  ...{ onAppend: vi.fn(), onNewTicket: vi.fn(), onDownload: vi.fn() },
};
beforeEach(() => vi.clearAllMocks());

const show = (chat: ChatView) =>
  render(<ChatWindow chat={chat} lines={[]} typing={[]} draft="" audience="message" {...calls} />);
const item = (name: RegExp | string) => screen.getByRole('menuitem', { name, hidden: true });
const items = () => screen.getAllByRole('menuitem', { hidden: true }).map((it) => it.querySelector('span')!.firstChild);

it('The menu offers what can be done with the chat', () => {
  show(cast.elin);
  expect(items().map((it) => it?.textContent)).toEqual([
    ...['Invite …', 'Change channel …', 'Switch to observer', 'Hand back to the channel', 'Open in its own window'],
    ...[
      'Append to ticket …',
      'Create phone ticket …',
      'Download …',
      'Send by e-mail …',
      'Leave the chat',
      'Close the chat',
    ],
  ]);
  fireEvent.click(item('Invite …'));
  fireEvent.click(item('Change channel …'));
  fireEvent.click(item('Open in its own window'));
  fireEvent.click(item('Close the chat'));
  expect([calls.onInvite, calls.onChangeChannel, calls.onOwnWindow].map((it) => it.mock.calls.length)).toEqual([
    1, 1, 1,
  ]);
  expect(calls.onAct).toHaveBeenCalledWith('close');
});

it('What cannot be done now says why and does nothing', () => {
  show(cast.jonas);
  const leave = item(/Leave the chat/);
  expect(leave.getAttribute('aria-disabled')).toBe('true');
  expect(leave.textContent).toContain('You are the last agent here: invite or hand back first');
  fireEvent.click(leave);
  expect(calls.onAct).not.toHaveBeenCalled();
});

it('Without a mail server a chat is not sent by e-mail, and says so', () => {
  const can = [...cast.elin.can, 'mail' as const];
  show({ ...cast.elin, can });
  const mail = () => item(/^Send by e-mail/);
  expect(mail().getAttribute('aria-disabled')).toBe('true');
  expect(mail().textContent).toContain('No mail server is set');
  cleanup();
  const onMail = vi.fn();
  render(
    <ChatWindow
      chat={{ ...cast.elin, can }}
      {...{ lines: [], typing: [], draft: '', audience: 'message', onMail, ...calls }}
    />,
  );
  expect(mail().getAttribute('aria-disabled')).toBeNull();
  fireEvent.click(mail());
  expect(onMail).toHaveBeenCalledOnce();
});

it('An observer writes notes only, is told of nothing, and can come back', () => {
  show(cast.mei);
  expect(screen.getByRole('textbox', { name: 'Note for agents only' })).toBeTruthy();
  expect(screen.queryByRole('radio')).toBeNull();
  expect(screen.queryByRole('button', { name: /Notifications/ })).toBeNull();
  expect(item(/Invite/).textContent).toContain('Not while you observe');
  fireEvent.click(item('Switch to participant'));
  expect(calls.onRole).toHaveBeenCalledWith('participant');
});

it('What one is told of is chosen per chat', () => {
  show({ ...cast.elin, notify: 'customer' });
  expect(screen.getByRole('button', { name: 'Notifications of this chat: Customer only' })).toBeTruthy();
  const choices = screen.getAllByRole('menuitemradio', { hidden: true });
  expect(choices.map((it) => [it.textContent, it.getAttribute('aria-checked')])).toEqual([
    ['All messages', 'false'],
    ['Customer only', 'true'],
    ['Off', 'false'],
  ]);
  fireEvent.click(choices[2]!);
  expect(calls.onNotify).toHaveBeenCalledWith('off');
});

it('Who asked for a chat sees for whom he waits, can go on writing, and can withdraw', () => {
  show(cast.tobias);
  expect(screen.getByText('Waiting for Tobias Lindqvist')).toBeTruthy();
  expect(screen.getByRole('textbox', { name: 'Message to Tobias Lindqvist' })).toBeTruthy();
  const [button] = screen.getAllByRole('button', { name: 'Withdraw' });
  fireEvent.click(button!);
  expect(calls.onAct).toHaveBeenCalledWith('close');
});

it('Among agents there is no channel to change or hand back to, and nobody to hide a note from', () => {
  show({ ...cast.tobias, state: 'open', can: ['send', 'invite', 'leave', 'close'] });
  expect(items().map((it) => it?.textContent)).not.toContain('Change channel …');
  expect(items().map((it) => it?.textContent)).not.toContain('Hand back to the channel');
  expect(screen.queryByRole('radio')).toBeNull();
  expect(screen.queryByRole('menuitemradio', { name: 'Customer only', hidden: true })).toBeNull();
  expect(screen.getByText('Among agents')).toBeTruthy();
});

it('The header tells who is in as what, who was asked, and where and since when', () => {
  show(cast.mei);
  fireEvent.click(screen.getByRole('button', { name: /Mei Tanaka/, expanded: false }));
  const people = within(screen.getByRole('list', { name: 'Participants' }));
  const words = people.getAllByRole('listitem').map((it) => it.textContent);
  expect(words[1]).toContain('Lucía FerránOwner, connected');
  expect(words[3]).toContain('Chidi OkaforAsked to come as participantasked');
  expect(words[4]).toContain('Yasmin HaddadParticipant, has left');
  expect(screen.getByText('Created')).toBeTruthy();
});
