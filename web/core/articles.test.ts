import { expect, it } from 'vitest';
import { type Articled, renewed, withEarlier } from './articles.ts';

const shows = (numbers: number[], earlier?: boolean): Articled => ({
  articles: numbers.map((n) => ({ n }) as never),
  ...(earlier !== undefined && { earlier }),
});
const read = ({ articles, earlier }: Articled) => [articles.map(({ n }) => n).join(' '), earlier];

it('What stood before the articles of a ticket stays when it is fetched again, unless something may be missing', () => {
  const fresh = (...had: Parameters<typeof shows>) => read(renewed(shows(...had), shows([4, 6, 7], true)));
  expect(read(renewed(undefined, shows([4, 6], true)))).toEqual(['4 6', true]);
  expect(fresh([1, 3, 4, 6], false)).toEqual(['1 3 4 6 7', false]);
  expect(fresh([3, 4, 6], true)).toEqual(['3 4 6 7', true]);
  expect(fresh([4, 6], true)).toEqual(['4 6 7', true]);
  expect(fresh([1, 2], false)).toEqual(['4 6 7', true]);
  // What is not to be seen any more is not kept.
  expect(read(renewed(shows([1, 2, 3]), shows([2, 3])))).toEqual(['2 3', undefined]);
});

it('Earlier articles go where they were asked for', () => {
  expect(read(withEarlier(shows([4, 5], true), 4, shows([2, 3], true)))).toEqual(['2 3 4 5', true]);
  expect(read(withEarlier(shows([4, 5], true), 4, shows([1])))).toEqual(['1 4 5', undefined]);
  expect(read(withEarlier(shows([9], true), 4, shows([2, 3], true)))).toEqual(['9', true]);
});
