import { afterEach, beforeAll, expect, it } from 'vitest';
import { choose, day, moment, plainDay, sameDay, time, weekday, writtenAs, zone } from './format.ts';
import { loadCatalogue } from './i18n.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(() => choose(undefined, undefined));

const NOON = Date.parse('2026-11-27T12:00:00Z');
const HOUR = 3_600_000;

it('Times and days are those of the zone that was chosen', () => {
  choose('Pacific/Auckland', undefined);
  expect(zone()).toBe('Pacific/Auckland');
  expect(time(NOON)).toMatch(/^0?1:00/);
  // There the day is another one already.
  expect(sameDay(NOON - 2 * HOUR, NOON)).toBe(false);
  expect(day(NOON - 2 * HOUR, NOON)).toBe('Yesterday');
  choose('UTC', undefined);
  expect(sameDay(NOON - 2 * HOUR, NOON)).toBe(true);
  expect(day(NOON - 13 * HOUR, NOON)).toBe('Yesterday');
  expect(time(NOON)).toMatch(/^12:00/);
});

it('Days are written as somebody chose, everywhere, and the times beside them stay', () => {
  choose('UTC', writtenAs('iso'));
  expect(moment(NOON)).toBe('2026-11-27 12:00');
  expect(weekday(NOON)).toBe('Friday, 2026-11-27');
  expect(plainDay('2026-12-05')).toBe('2026-12-05');
  expect(day(NOON - 100 * 24 * HOUR, NOON)).toBe('2026-08-19');
  choose('UTC', writtenAs('day_first'));
  expect(moment(NOON)).toBe('27.11.2026, 12:00');
  choose('UTC', writtenAs('month_first'));
  expect(moment(NOON)).toMatch(/^11\/27\/2026, 12:00\sPM$/);
});

it('A day that belongs to no zone is the same in each', () => {
  for (const there of ['Pacific/Auckland', 'America/Los_Angeles']) {
    choose(there, writtenAs('iso'));
    expect(plainDay('2026-12-05')).toBe('2026-12-05');
  }
});

it('The day on which the clock goes back is one day', () => {
  choose('Europe/Berlin', undefined);
  const back = Date.parse('2026-10-25T00:30:00+02:00');
  expect(sameDay(back, back + 23.5 * HOUR)).toBe(true);
  expect(day(back, back + 25 * HOUR)).toBe('Yesterday');
});
