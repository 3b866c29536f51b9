import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Me, Receives as Reaches } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import * as cast from './fixtures.ts';
import { Receives } from './Receives.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const all = { colleagues: true, customers: true, visitors: true };
const colleagues = { colleagues: true, customers: false, visitors: false };
const nothing = { colleagues: false, customers: false, visitors: false };

const sentences: [Reaches, string, string | undefined][] = [
  [
    all,
    'requests of customers and visitors in Travel desk and Freight, and chats with colleagues.',
    'My Chat Channels',
  ],
  [{ ...all, visitors: false }, 'requests of customers in Travel desk and Freight, and chats with', 'My Chat Channels'],
  [{ ...all, colleagues: false, customers: false }, 'requests of visitors in Travel desk and', 'My Chat Channels'],
  [colleagues, 'chats with colleagues only. Customers and visitors cannot start', 'My Chat Channels'],
  [nothing, 'nothing. Chats with you cannot be started', 'My Chat Channels'],
  [{ ...colleagues, limit: 'no_channels' }, 'chats with colleagues only. No chat channel', 'Select channels'],
  [{ ...nothing, limit: 'no_channels' }, 'nothing. No chat channel is selected.', 'Select channels'],
  [{ ...colleagues, limit: 'internal' }, 'chats with colleagues only.', 'Make me available'],
  [{ ...nothing, limit: 'internal' }, 'nothing. Chats among agents are switched off.', 'Make me available'],
  [{ ...nothing, limit: 'unavailable' }, 'nothing. Your running chats go on.', 'Make me available'],
  [{ ...nothing, limit: 'chat_off' }, 'nothing. Chat is switched off in the system configuration.', undefined],
];

const show = (me: Me, permission: NotificationPermission) =>
  render(
    <Receives me={me} onTakeChats={() => {}} onChannels={() => {}} permission={permission} onNotices={() => {}} />,
  );

it.each(sentences)('What reaches an agent is said plainly, with the way to change it: %o', (receives, says, way) => {
  const me: Me = { ...cast.ines, receives };
  const { container } = show(me, 'granted');
  expect(container.textContent).toContain(`You will receive: ${says}`);
  expect(screen.queryAllByRole('button').map((it) => it.textContent)).toEqual(way === undefined ? [] : [way]);
});

it.each<[NotificationPermission, string | undefined]>([
  ['granted', undefined],
  ['default', 'Your browser does not tell you yet'],
  ['denied', 'Your browser blocks notifications'],
])('Where the browser tells of nothing (%s) that is said, with the way to its settings', (permission, says) => {
  show({ ...cast.ines, receives: all }, permission);
  const way = screen.queryByRole('button', { name: 'Notifications and sound' });
  expect(way?.parentElement?.textContent).toEqual(says && expect.stringContaining(says));
});
