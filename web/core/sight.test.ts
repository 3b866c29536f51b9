import { expect, it } from 'vitest';
import { Sight } from './sight.ts';

/** The locks of one browser; all of them shared. */
function browser() {
  const held: { name: string }[] = [];
  return {
    request: async (name: string, _how: LockOptions, use: () => Promise<void>) => {
      const lock = { name };
      held.push(lock);
      await use();
      held.splice(held.indexOf(lock), 1);
    },
    query: async () => ({ held: [...held] }),
  } as unknown as Pick<LockManager, 'request' | 'query'>;
}

it('All tabs know what is seen in any of them, until nobody looks there any more', async () => {
  const locks = browser();
  const [one, other, maren] = [new Sight('ines', locks), new Sight('ines', locks), new Sight('maren', locks)];
  one.show(['elin', 'priya']);
  other.show(['priya']);
  expect(await other.all()).toEqual(new Set(['elin', 'priya']));
  expect(await maren.all()).toEqual(new Set());
  one.show(['elin']);
  other.show([]);
  await Promise.resolve();
  expect(await other.all()).toEqual(new Set(['elin']));
});

it('Where there are no locks a tab knows of itself', async () => {
  const sight = new Sight('ines', undefined);
  sight.show(['elin']);
  expect(await sight.all()).toEqual(new Set(['elin']));
});
