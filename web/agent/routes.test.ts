import { expect, it } from 'vitest';
import { pathTo, type Route, read } from './routes.ts';

it('Every place is found again by its address', () => {
  const chat = '0190-a b';
  const places: Route[] = [
    { at: 'home' },
    { at: 'archive' },
    { at: 'archived', chat },
    { at: 'customer', customer: chat },
    { at: 'chat', chat },
    { at: 'search', q: 'what / where?' },
    { at: 'search', q: '' },
    { at: 'tickets' },
    { at: 'tickets', owner: 'me' },
  ];
  for (const place of places) expect(read(pathTo(place))).toEqual(place);
});

it('An address that leads nowhere leads home', () => {
  expect(read('/agent/no/such/place')).toEqual({ at: 'home' });
  expect(read('/agent/customers')).toEqual({ at: 'home' });
  expect(read('/agent')).toEqual({ at: 'home' });
});
