import { expect, test, vi } from 'vitest';
import { Refusal, Unreachable } from '../api/http.ts';
import { Wish } from './wish.ts';

test('What nobody knows the fate of is asked again under the same id; other content, and what was refused, under another', async () => {
  const wish = new Wish();
  const cids: string[] = [];
  const ask = vi.fn<(cid: string) => Promise<string>>();
  const once = (content: string) =>
    wish
      .once(content, (cid) => {
        cids.push(cid);
        return ask(cid);
      })
      .catch(() => undefined);
  ask.mockRejectedValueOnce(new Unreachable());
  await once('a');
  ask.mockRejectedValueOnce(new Refusal(422, { code: 'bad_input', say: '', next: '' }));
  await once('a');
  expect(cids[1]).toBe(cids[0]);
  ask.mockResolvedValue('done');
  await once('a');
  expect(cids[2]).not.toBe(cids[1]);
  await once('a');
  expect(cids[3]).not.toBe(cids[2]);
  ask.mockRejectedValueOnce(new Unreachable());
  await once('a');
  await once('b');
  expect(cids[5]).not.toBe(cids[4]);
});
