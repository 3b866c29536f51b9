import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { MemberView } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { external } from './entries.ts';
import { Log } from './Log.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const members: MemberView[] = [
  { n: 1, kind: 'customer_user', role: 'external', name: 'Elin Sandvik', present: true, joined: true, online: true },
  { n: 2, kind: 'agent', role: 'owner', name: 'Inés Vidal', present: true, joined: true, online: true },
];

function line(seq: number, who: 1 | 2, text: string, more: Partial<Line> = {}): Line {
  return { key: `n${seq}`, seq, at: seq * 1_000, who, mine: who === 2, what: { kind: 'message', text }, ...more };
}

const view = (lines: Line[], more = {}) => (
  <Log label="Messages with Elin" lines={lines} members={members} side={external} {...more} />
);

it('What others write is announced, bursts in one sentence, one’s own never', () => {
  const { rerender } = render(view([line(1, 1, 'Hi')]));
  const heard = () => {
    act(() => {
      vi.advanceTimersByTime(1_000);
    });
    return screen.getByRole('status').textContent;
  };
  expect(heard()).toBe('');
  rerender(view([line(1, 1, 'Hi'), line(2, 2, 'Hello'), line(3, 1, 'Yes, that one.')]));
  expect(heard()).toBe('Elin Sandvik: Yes, that one.');
  rerender(view([1, 3, 4, 5].map((seq) => line(seq, 1, `${seq}`))));
  expect(heard()).toBe('2 new messages from Elin Sandvik');
});

it('Under the last own message that the other side has read stands that it was', () => {
  const side = { ...external, seen: 'agent-seen' };
  const lines = [line(1, 2, 'Hello'), line(2, 2, 'Are you there?'), line(3, 1, 'Yes'), line(4, 2, 'Good')];
  const { rerender } = render(view(lines, { side }));
  expect(screen.queryByText('Read')).toBeNull();
  const under = () => screen.getByText('Read').closest('li')!.textContent;
  rerender(view(lines, { side, seen: 3 }));
  expect(under()).toContain('Are you there?');
  const onItsWay = { ...line(5, 2, 'One more'), seq: undefined } as never;
  rerender(view([...lines, onItsWay], { side, seen: 9 }));
  expect(under()).toContain('Good');
});

it('Only the newest 150 are shown, older ones on demand', async () => {
  const lines = Array.from({ length: 200 }, (_, index) => line(index + 1, 1, `message ${index + 1}`));
  render(view(lines));
  expect(screen.queryByText('message 50')).toBeNull();
  expect(screen.getByText('message 51')).toBeTruthy();
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Show earlier messages' }));
  });
  expect(screen.getByText('message 1')).toBeTruthy();
});

it('A message that was not sent stays, says why, and can be tried again', () => {
  const retry = vi.fn();
  const failed = line(2, 2, 'Lane 2', { delivery: 'failed', cid: 'x', problem: { code: 'busy', say: '', next: '' } });
  delete failed.seq;
  render(view([line(1, 1, 'Hi'), failed], { onRetry: retry }));
  expect(screen.getByRole('alert').textContent).toContain('Not sent. The server has too much to do');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledWith(failed);
});

it('A message on its way is the same element when it has arrived', () => {
  const pending = line(2, 2, 'Lane 2', { key: 'cid-2', delivery: 'sending' });
  const { rerender } = render(view([line(1, 1, 'Hi'), pending]));
  const bubble = screen.getByText('Lane 2');
  const { delivery, ...arrived } = pending;
  rerender(view([line(1, 1, 'Hi'), arrived]));
  expect(screen.getByText('Lane 2')).toBe(bubble);
});
