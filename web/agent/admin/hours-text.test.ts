import { expect, it } from 'vitest';
import { readHolidays, readSpans, writeHolidays, writeSpans } from './hours-text.ts';

it('understands hours however they are typed', () => {
  const morning = { from: 540, to: 720 };
  for (const text of ['09:00–12:00', '9-12', '9.00 - 12:00', ' 9:00-12 ,']) expect(readSpans(text)).toEqual([morning]);
  expect(readSpans('9-12; 13:00-17:30')).toEqual([morning, { from: 780, to: 1050 }]);
  expect(readSpans('')).toEqual([]);
  expect(readSpans('0-24')).toEqual([{ from: 0, to: 1440 }]);
  expect(writeSpans([morning, { from: 780, to: 1440 }])).toBe('09:00–12:00, 13:00–24:00');
});

it('does not guess at hours', () => {
  for (const text of ['9', '12-9', '9-9', '9-25', '9:60-10', 'nine to five', '9-12, 11-13', '13-14, 9-10', '9-12-15'])
    expect(readSpans(text), text).toBeUndefined();
});

it('understands holidays of each year and of one', () => {
  const text = '12-25 Christmas\n2028-02-29 A leap day';
  const holidays = [
    { month: 12, day: 25, name: 'Christmas' },
    { year: 2028, month: 2, day: 29, name: 'A leap day' },
  ];
  expect(readHolidays(`\n${text}\n`)).toEqual(holidays);
  expect(writeHolidays(holidays)).toBe(text);
  expect(readHolidays('1-1')).toEqual([{ month: 1, day: 1, name: '' }]);
});

it('says which line is no holiday', () => {
  for (const wrong of ['tomorrow', '13-01 x', '2027-02-29 x', '4-31', '2026 x'])
    expect(readHolidays(`12-25\n${wrong}`)).toBe(2);
});
