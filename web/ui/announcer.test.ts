import { expect, it, vi } from 'vitest';
import { Announcer, type News } from './announcer.ts';

it('What comes together is said together, once', () => {
  vi.useFakeTimers();
  const said: News[][] = [];
  const announcer = new Announcer((news) => said.push(news));
  announcer.add({ who: 'Elin', text: 'Yes, that one.' });
  announcer.add({ who: 'Elin', text: 'Could it go back to the same card?' });
  vi.advanceTimersByTime(1_000);
  announcer.add({ who: 'Elin', text: 'Thanks' });
  vi.advanceTimersByTime(1_000);
  expect(said.map((news) => news.map(({ text }) => text))).toEqual([
    ['Yes, that one.', 'Could it go back to the same card?'],
    ['Thanks'],
  ]);
  vi.useRealTimers();
});
