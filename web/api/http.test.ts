import { expect, it } from 'vitest';
import { Api, Refusal, Unreachable } from './http.ts';

/** An API whose server gives one answer; `asked` is what it was asked. */
function api(answer: () => Response | Promise<Response>, token?: string) {
  const asked: Array<{ address: string; init: RequestInit }> = [];
  const fetcher = async (address: string, init: RequestInit) => {
    asked.push({ address, init });
    return answer();
  };
  return { api: new Api('visitor', token, fetcher as typeof fetch), asked };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const failure = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);

it('Puts places, query, token and surface where the server looks for them', async () => {
  const { api: priya, asked } = api(() => json(200, { entries: [], head: 9 }), 'secret');
  await priya.call('GET /api/chats/{chat}/entries', { chat: 'a/b', query: { before: 9, after: undefined } });
  expect(asked[0]?.address).toBe('/api/chats/a%2Fb/entries?before=9');
  expect(asked[0]?.init.headers).toEqual({ 'X-Deskbell-Surface': 'visitor', Authorization: 'Bearer secret' });
});

it('A no of the server is a Refusal with its problem', async () => {
  const { api: priya } = api(() => json(409, { code: 'already_taken', say: 'Maren took it.', next: '', by: 'Maren' }));
  const error = await failure(priya.call('POST /api/chats/{chat}/accept', { chat: 'a', body: { cid: 'c' } }));
  expect(error).toBeInstanceOf(Refusal);
  expect(error).toMatchObject({ status: 409, problem: { code: 'already_taken', by: 'Maren' } });
});

it.each([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['a page of a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ['half an answer', () => new Response('{"entr', { status: 200 })],
])('Whether it happened is unknown after %s', async (_, answer) => {
  const { api: priya } = api(answer);
  expect(await failure(priya.call('GET /api/setup'))).toBeInstanceOf(Unreachable);
});

it('An empty answer is fine', async () => {
  const { api: priya } = api(() => new Response(null, { status: 204 }));
  expect(await priya.call('DELETE /api/session', { query: { surface: 'customer' } })).toBeUndefined();
});
