import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { markActivity } from './activity.ts';
import { type LinkState, Listeners } from './server.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function connected(focused: boolean) {
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused);
  const states = new Listeners<LinkState>();
  const link = { state: 'up' as LinkState, send: vi.fn(() => link.state === 'up'), onState: states.add.bind(states) };
  markActivity(link);
  const become = (state: LinkState) => {
    link.state = state;
    states.tell(state);
  };
  return { link, become };
}

it('Whoever opens the page is active, and then again with input, once in 15 seconds', () => {
  const { link, become } = connected(true);
  expect(link.send).toHaveBeenCalledTimes(1);
  dispatchEvent(new Event('pointermove'));
  vi.advanceTimersByTime(14_999);
  dispatchEvent(new Event('keydown'));
  expect(link.send).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  dispatchEvent(new Event('keydown'));
  expect(link.send).toHaveBeenCalledTimes(2);
  become('ended');
});

it('A page that comes back by itself says nothing of its reader', () => {
  const { link, become } = connected(false);
  become('connecting');
  become('up');
  vi.advanceTimersByTime(60_000);
  expect(link.send).not.toHaveBeenCalled();
  dispatchEvent(new Event('wheel'));
  expect(link.send).toHaveBeenCalledTimes(1);
  become('ended');
  vi.advanceTimersByTime(60_000);
  dispatchEvent(new Event('wheel'));
  expect(link.send).toHaveBeenCalledTimes(1);
});

it('What could not be said while there was no connection is said with the next input', () => {
  const { link, become } = connected(false);
  become('offline');
  dispatchEvent(new Event('keydown'));
  become('up');
  dispatchEvent(new Event('keydown'));
  expect(link.send).toHaveBeenCalledTimes(2);
  become('ended');
});
