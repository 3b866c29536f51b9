import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Api } from '../api/http.ts';
import { ArchiveSearch } from './archive-search.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = (body: unknown, status?: number) => void;

function searching() {
  const asked: { address: string; answer: Answer }[] = [];
  const fetcher = (address: string) =>
    new Promise<Response>((done) => {
      asked.push({ address, answer: (body, status = 200) => done(Response.json(body, { status })) });
    });
  return { search: new ArchiveSearch(new Api('agent', undefined, fetcher as never)), asked };
}

const found = (id: string) => ({ chat: { id } });

test('what is typed is asked once, and only the answer to the newest question counts', async () => {
  const { search, asked } = searching();
  expect(search.active.value).toBe(false);
  search.ask({ q: 'fer' });
  search.ask({ q: 'ferry ' });
  await vi.advanceTimersByTimeAsync(300);
  expect(asked.map(({ address }) => address)).toEqual(['/api/archive?q=ferry']);
  search.ask({ q: 'boat' });
  await vi.advanceTimersByTimeAsync(300);
  asked[1]!.answer({ chats: [found('boat')], next: '7' });
  asked[0]!.answer({ chats: [found('ferry')] });
  await vi.advanceTimersByTimeAsync(0);
  expect(search.found.value.map(({ chat }) => chat.id)).toEqual(['boat']);
  search.more();
  expect(asked[2]!.address).toBe('/api/archive?q=boat&before=7');
  asked[2]!.answer({ chats: [found('boats')] });
  await vi.advanceTimersByTimeAsync(0);
  expect(search.found.value).toHaveLength(2);
  expect(search.state.value).toBe('end');
});

test('a page that failed is asked for again, and days are whole days', async () => {
  const { search, asked } = searching();
  search.ask({ from: '2026-11-25', to: '2026-11-25' });
  await vi.advanceTimersByTimeAsync(300);
  const query = new URLSearchParams(asked[0]!.address.split('?')[1]);
  expect(Number(query.get('to')) - Number(query.get('from'))).toBe(86_400_000);
  asked[0]!.answer({ code: 'busy', say: 'Busy.', next: 'Wait.' }, 503);
  await vi.advanceTimersByTimeAsync(0);
  expect(search.state.value).toBe('failed');
  search.more();
  expect(asked[1]!.address).toBe(asked[0]!.address);
  search.stop();
  search.ask({ q: 'late' });
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toHaveLength(2);
});
