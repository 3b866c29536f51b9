import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Sending } from '../api/files.ts';
import { Api, Refusal, Unreachable } from '../api/http.ts';
import type { EntryView, Said } from '../api/types.ts';
import type { Coming } from './chat.ts';
import { SIZE_MAX, Uploads } from './uploads.ts';

beforeEach(() => vi.useFakeTimers());
let takenBack = () => {};
afterEach(() => {
  takenBack();
  vi.useRealTimers();
});

interface Way {
  sending: Sending;
  arrives: (seq: number) => void;
  fails: (error: unknown) => void;
  moves: (part: number) => void;
  stop: AbortSignal;
}

/** Priya's chat; the test speaks for the server. */
function priya() {
  const chat = { id: 'ferry', entries: signal<readonly EntryView[]>([]), files: signal<readonly Coming[]>([]) };
  const ways: Way[] = [];
  const send = (_: Api, __: string, sending: Sending, moves: (part: number) => void, stop: AbortSignal) =>
    new Promise<Said>((done, fails) => {
      ways.push({ sending, moves, stop, fails, arrives: (seq) => done({ seq, dup: false }) });
    });
  const uploads = new Uploads(chat, new Api('visitor'), send);
  takenBack = () => {
    for (const { cid } of chat.files.value) uploads.remove(cid);
  };
  const shows = () => chat.files.value.map(({ text, delivery }) => `${text}: ${delivery}`);
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const entry = (seq: number, cid: string) => {
    const what = { kind: 'message' as const, text: 'file' };
    chat.entries.value = [...chat.entries.value, { seq, at: seq, cid, what }];
  };
  return { chat, ways, uploads, shows, settle, entry };
}

const text = (name: string, content = 'x') => new File([content], name, { type: 'text/plain' });
const refusal = (code: string, retry_after_ms?: number) =>
  new Refusal(429, { code, say: '', next: '', ...(retry_after_ms === undefined ? {} : { retry_after_ms }) });

it('Files go out one after the other, and each stays in sight until its entry is there', async () => {
  const { ways, uploads, shows, settle, entry } = priya();
  await uploads.add([text('one.txt'), text('two.txt')]);
  expect(shows()).toEqual(['one.txt: sending', 'two.txt: waiting']);
  ways[0]!.arrives(3);
  await settle();
  expect(shows()).toEqual(['one.txt: stored', 'two.txt: sending']);
  entry(3, ways[0]!.sending.cid);
  expect(shows()).toEqual(['two.txt: sending']);
  expect(uploads.contentOf(ways[0]!.sending.cid)?.name, 'need not be fetched').toBe('one.txt');
  entry(4, ways[1]!.sending.cid);
  ways[1]!.arrives(4);
  await settle();
  expect(shows()).toEqual([]);
});

it('What failed stays with its reason, is tried again under its id, and holds nothing up', async () => {
  const { chat, ways, uploads, shows, settle } = priya();
  await uploads.add([text('one.txt'), text('two.txt')]);
  ways[0]!.fails(new Unreachable());
  await settle();
  expect(shows()).toEqual(['one.txt: failed', 'two.txt: sending']);
  expect(chat.files.value[0]?.problem?.code).toBe('unreachable');
  uploads.retry(ways[0]!.sending.cid);
  ways[1]!.arrives(3);
  await settle();
  expect(ways[2]!.sending).toMatchObject({ cid: ways[0]!.sending.cid });
});

it('What the server has no time for is tried again by itself, some times', async () => {
  const { ways, uploads, shows, settle } = priya();
  await uploads.add([text('one.txt')]);
  for (let n = 0; n < 6; n++) {
    expect(shows()).toEqual(['one.txt: sending']);
    ways[n]!.fails(refusal('too_many', 2_000));
    await settle();
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect(shows()).toEqual(['one.txt: failed']);
  expect(new Set(ways.map(({ sending }) => sending.cid)).size).toBe(1);
});

it('What was taken back is gone, and not sent further', async () => {
  const { ways, uploads, shows, settle } = priya();
  await uploads.add([text('one.txt'), text('two.txt')]);
  uploads.remove(ways[0]!.sending.cid);
  expect(ways[0]!.stop.aborted).toBe(true);
  ways[0]!.fails(new Unreachable());
  await settle();
  expect(shows()).toEqual(['two.txt: sending']);
});

it('What cannot be taken is not sent at all', async () => {
  const { chat, ways, uploads } = priya();
  const large = text('film.txt');
  Object.defineProperty(large, 'size', { value: SIZE_MAX + 1 });
  await uploads.add([large, text('empty.txt', '')]);
  expect(chat.files.value.map(({ problem }) => problem?.code)).toEqual(['file_too_large', 'file_empty']);
  uploads.retry(chat.files.value[0]!.cid);
  expect(ways).toEqual([]);
});

it('The browser asks before a page is left that still has something to send', async () => {
  const { ways, uploads, settle } = priya();
  const leaves = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  await uploads.add([text('one.txt')]);
  expect(leaves()).toBe(true);
  ways[0]!.arrives(3);
  await settle();
  expect(leaves()).toBe(false);
});
