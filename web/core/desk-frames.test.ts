import { expect, test } from 'vitest';
import { serverFrameDesk, serverFrameDeskChanged } from '../api/examples.generated.ts';
import type { ServerFrame } from '../api/types.ts';
import { fold } from './desk-frames.ts';

type DeskFrame = Extract<ServerFrame, { op: 'desk' }>;
const whole = serverFrameDesk as DeskFrame;
const request = (chat: string, waiting_since: number) => ({ ...whole.requests[0]!, chat, waiting_since });

test('a frame that adds leaves out what went, replaces what changed, and keeps the longest wait first', () => {
  const before = { ...whole, requests: [request('a', 1), request('b', 2), request('c', 3)] };
  const changed = { ...request('b', 2), first_message: 'Changed' };
  const { requests, ...rest } = fold(before, {
    ...whole,
    more: true,
    gone: ['a'],
    requests: [changed, request('d', 0)],
  });
  expect(requests.map(({ chat }) => chat)).toEqual(['d', 'b', 'c']);
  expect(requests[1]?.first_message).toBe('Changed');
  expect(rest).not.toHaveProperty('more');
});

test('without anything before, and without `more`, the frame is the list', () => {
  expect(fold(undefined, serverFrameDeskChanged as DeskFrame).requests).toHaveLength(1);
  expect(fold({ ...whole, requests: [request('a', 1)] }, whole)).toBe(whole);
});
