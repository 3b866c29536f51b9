import { expect, it } from 'vitest';
import { request } from './fixtures.ts';
import { hold } from './held.ts';

const [priya, hanne, mei] = [request('priya'), request('hanne'), request('mei')];

it('Nothing moves under the pointer: who was taken stays as gone, who is new is counted', () => {
  const { rows, newer } = hold([priya, hanne], [mei, hanne]);
  expect(rows.map(({ chat, gone }) => [chat, gone])).toEqual([
    ['priya', true],
    ['hanne', false],
  ]);
  expect(newer).toBe(1);
});

it('A row that stays tells the newest', () => {
  const { rows } = hold([hanne], [{ ...hanne, can_accept: false, why_not: 'unavailable' }]);
  expect(rows[0]).toMatchObject({ can_accept: false, why_not: 'unavailable' });
});
