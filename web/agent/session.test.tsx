import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { Toasts } from '../ui/Toasts.tsx';
import * as cast from './fixtures.ts';
import { Door } from './session.ts';

// A desk would open its socket.
vi.mock('../core/desk.ts', () => ({ Desk: class {} }));
beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

it('Who signs in and is no longer available for external chats is told so', async () => {
  let lowered: object = {};
  const answer = () => Promise.resolve(Response.json({ me: cast.ines, ...lowered }));
  const door = new Door(new Api('agent', undefined, answer));
  render(<Toasts />);
  expect(await door.signIn('ines', 'secret')).toBeUndefined();
  expect(screen.getByRole('status').textContent).toBe('');
  lowered = { lowered: true };
  await door.signIn('ines', 'secret');
  expect(await screen.findByText(/signing in lowered your availability/)).toBeTruthy();
});
