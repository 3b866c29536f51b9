import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ChatView } from '../api/types.ts';
import { setServerNow } from '../core/clock.ts';
import { addCatalogue, loadCatalogue } from '../core/i18n.ts';
import { Lobby } from '../core/lobby.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { Conversation } from './Conversation.tsx';
import { NoAnswer } from './NoAnswer.tsx';

beforeAll(async () => {
  await loadCatalogue('widget', 'en');
  await addCatalogue('later');
});
const now = new Date(2026, 10, 22, 13, 5).getTime();
beforeEach(() => setServerNow(now));
afterEach(cleanup);

/** Priya waits, second in the line. */
async function priya(more: Partial<ChatView>) {
  const chat: ChatView = {
    ...{ id: 'ferry', channel: { id: 'travel', name: 'Travel desk' }, direction: 'public_to_agent' as const },
    ...{ state: 'requested' as const, created_at: now, waiting_since: now, me: 1, members: [], can: ['send', 'close'] },
    ...{
      head: 0,
      read: 0,
      unread: 0,
      seen: 0,
      place: 2,
      estimate: { from_s: 70, to_s: 170 },
      text_limit: 3_800,
      agent_lost: false,
    },
    ...more,
  };
  const link = new FixedLink({ ferry: { chat, entries: [] } });
  const me = { id: 'priya', kind: 'public_user', name: 'Priya' } as const;
  const lobby = new Lobby(me, new Api('visitor', 'token'), link, { shelf: memoryShelf() });
  const end = vi.fn();
  const leave = vi.fn();
  render(
    <Conversation
      chat={lobby.open('ferry')}
      drafts={lobby.drafts}
      closed={() => null}
      noAnswer={(place, onPatient) => <NoAnswer place={place} onPatient={onPatient} onLeave={leave} onEnd={end} />}
    />,
  );
  await act(async () => {});
  return { end, leave };
}
const notice = () => screen.getAllByRole('status').find((it) => it.className === 'conversation-notice')?.textContent;

it('Whoever waits reads the place in the line and how long it usually takes, in whole minutes', async () => {
  await priya({ no_answer_at: now + 60_000 });
  expect(notice()).toContain('You are number 2 in the line. Usually 1 to 3 minutes.');
});

it.each([
  [20, 40, 'Usually less than a minute.'],
  [120, 120, 'Usually 1 to 2 minutes.'],
  [30, 90, 'Usually 1 to 2 minutes.'],
])('From %i to %i seconds reads: %s', async (from_s, to_s, words) => {
  await priya({ estimate: { from_s, to_s } });
  expect(notice()).toContain(words);
});

it('Where nobody answered in time there are ways out, and no promise any more', async () => {
  const { end, leave } = await priya({ no_answer_at: now - 1_000 });
  expect(notice()).toContain('Nobody could answer yet');
  expect(notice()).not.toContain('Usually');
  fireEvent.click(screen.getByRole('button', { name: 'End conversation' }));
  expect(end).toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Leave it as a message' }));
  expect(leave).toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Keep waiting' }));
  expect(notice()).toContain('We keep your place');
});
