import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

const waits = (backoff: Backoff, n: number) => Array.from({ length: n }, () => backoff.next());

it('The ceiling doubles from one second to thirty', () => {
  expect(waits(new Backoff(() => 1), 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

it('No wait is shorter than half a second', () => {
  expect(new Set(waits(new Backoff(() => 0), 20))).toEqual(new Set([500]));
});

it('Only a connection that stood for a minute makes the next loss the first again', () => {
  const backoff = new Backoff(() => 1);
  waits(backoff, 4);
  backoff.stoodFor(59_999);
  expect(backoff.next()).toBe(16_000);
  backoff.stoodFor(60_000);
  expect(backoff.next()).toBe(1_000);
});

it('A server that asks for room gets it', () => {
  const backoff = new Backoff(() => 1);
  backoff.easeOff();
  expect(backoff.next()).toBe(8_000);
});
