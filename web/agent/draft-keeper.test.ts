import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Draft } from '../api/types.ts';
import { DraftKeeper } from './draft-keeper.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Inés types; the test says when the server has it. */
function inés() {
  const put: Draft[] = [];
  const answers: Array<() => void> = [];
  const keeper = new DraftKeeper((draft) => {
    put.push(draft);
    return new Promise<void>((done) => answers.push(done));
  });
  const answer = async () => {
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  const types = (text: string, note = false) => keeper.write({ text, note });
  return { keeper, types, answer, put: () => put.map(({ text, note }) => (note ? `note ${text}` : text)) };
}

it('What is typed goes to the server when the typing settles, not with every key', () => {
  const { types, put } = inés();
  types('It');
  vi.advanceTimersByTime(900);
  types('It takes', true);
  vi.advanceTimersByTime(900);
  expect(put()).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(put()).toEqual(['note It takes']);
});

it('Whoever looks elsewhere has it kept at once, and once', async () => {
  const { keeper, types, answer, put } = inés();
  types('It takes');
  keeper.flush();
  await answer();
  keeper.flush();
  vi.advanceTimersByTime(5_000);
  expect(put()).toEqual(['It takes']);
});

it('A draft on its way when its text is sent does not stay behind', async () => {
  const { keeper, types, answer, put } = inés();
  types('It takes 3 days.');
  keeper.flush();
  keeper.sent();
  await answer();
  expect(put()).toEqual(['It takes 3 days.', '']);
});

it('The draft goes with the text that is sent; without one there is nothing to say', async () => {
  const { keeper, types, answer, put } = inés();
  types('Yes');
  keeper.sent();
  expect(put()).toEqual([]);
  types('It takes 3 days.');
  keeper.flush();
  await answer();
  keeper.sent();
  expect(put()).toEqual(['It takes 3 days.', '']);
});

it('What the server repeats of this window is no news, what comes from elsewhere is', () => {
  const { keeper, types } = inés();
  types('It takes');
  keeper.flush();
  expect(keeper.isNews({ text: 'It takes', note: false })).toBe(false);
  expect(keeper.isNews({ text: 'It takes 3 days.', note: false })).toBe(true);
  expect(keeper.isNews({ text: '', note: false })).toBe(true);
});
