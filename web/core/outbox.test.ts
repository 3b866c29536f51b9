import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Outbox, type Pending } from './outbox.ts';
import { memoryShelf } from './shelf.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Maren writes over a line that can be cut. */
function maren(shelf = memoryShelf()) {
  const line = { up: true, said: [] as string[] };
  let n = 0;
  const outbox = new Outbox('ferry', shelf, {
    send: ({ text }: Pending) => line.up && line.said.push(text) > 0,
    newId: () => `c${++n}`,
    now: Date.now,
  });
  const shows = () => outbox.pending.value.map(({ text, delivery }) => `${text}: ${delivery}`);
  return { outbox, line, shows, shelf };
}

const busy = { code: 'busy', say: '', next: '', retry_after_ms: 1_000 };
const tooLong = { code: 'too_long', say: '', next: '' };

it('Texts go out in order, the next one when the one before is stored', () => {
  const { outbox, line, shows } = maren();
  const first = outbox.add('message', 'one');
  outbox.add('message', 'two');
  expect(line.said).toEqual(['one']);
  outbox.delivered(first);
  expect(line.said).toEqual(['one', 'two']);
  expect(shows()).toEqual(['two: sending']);
});

it('What was under way when the line broke is sent again under its id, before what came later', () => {
  const { outbox, line, shows } = maren();
  outbox.add('message', 'one');
  line.up = false;
  outbox.add('message', 'two');
  line.up = true;
  outbox.resume();
  expect(line.said).toEqual(['one', 'one']);
  expect(shows()).toEqual(['one: sending', 'two: waiting']);
});

it('An acknowledged text stays in sight until its entry is loaded, and a second acknowledgement changes nothing', () => {
  const { outbox, line, shows } = maren();
  const first = outbox.add('message', 'one');
  outbox.acked(first, 7, 6);
  expect(shows()).toEqual(['one: stored']);
  outbox.add('message', 'two');
  expect(line.said).toEqual(['one', 'two']);
  outbox.acked(first, 7, 6);
  outbox.loaded(7);
  outbox.acked(first, 7, 7);
  expect(shows()).toEqual(['two: sending']);
});

it('An acknowledgement for an entry that is loaded already ends the matter', () => {
  const { outbox, shows } = maren();
  outbox.acked(outbox.add('message', 'one'), 3, 3);
  expect(shows()).toEqual([]);
});

it('A refused text keeps its place with Try again, and the later ones go on', () => {
  const { outbox, line, shows } = maren();
  const first = outbox.add('message', 'one');
  outbox.add('message', 'two');
  outbox.refused(first, tooLong);
  expect(shows()).toEqual(['one: failed', 'two: sending']);
  outbox.delivered('c2');
  outbox.retry(first);
  expect(line.said).toEqual(['one', 'two', 'one']);
});

it('A server without time gets the same text again, before the later ones', () => {
  const { outbox, line, shows } = maren();
  const first = outbox.add('message', 'one');
  outbox.add('message', 'two');
  outbox.refused(first, busy);
  expect(shows()).toEqual(['one: waiting', 'two: waiting']);
  vi.advanceTimersByTime(1_000);
  expect(line.said).toEqual(['one', 'one']);
});

it('A server that never has time is asked six times, then the person is', () => {
  const { outbox, line, shows } = maren();
  const first = outbox.add('message', 'one');
  for (let n = 0; n < 6; n++) {
    outbox.refused(first, busy);
    vi.advanceTimersByTime(1_000);
  }
  expect(line.said).toHaveLength(6);
  expect(shows()).toEqual(['one: failed']);
});

it('A silent connection gets the text again after ten seconds', () => {
  const { outbox, line } = maren();
  outbox.add('message', 'one');
  vi.advanceTimersByTime(10_000);
  expect(line.said).toEqual(['one', 'one']);
});

it('A reload loses no text: failed ones stay failed, the others go out again under the same ids', () => {
  const before = maren();
  const first = before.outbox.add('message', 'one');
  before.outbox.refused(first, tooLong);
  before.outbox.add('note', 'two');
  before.outbox.close();
  const after = maren(before.shelf);
  after.outbox.resume();
  expect(after.shows()).toEqual(['one: failed', 'two: sending']);
  expect(after.outbox.pending.value.map(({ cid, kind }) => [cid, kind])).toEqual([
    ['c1', 'message'],
    ['c2', 'note'],
  ]);
});

it('Giving a text up hands it back, but not while it is under way', () => {
  const { outbox } = maren();
  const first = outbox.add('message', 'one');
  expect(outbox.discard(first)).toBeUndefined();
  outbox.refused(first, tooLong);
  expect(outbox.discard(first)).toBe('one');
  expect(outbox.pending.value).toEqual([]);
});
