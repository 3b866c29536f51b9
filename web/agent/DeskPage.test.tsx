import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Problem } from '../api/types.ts';
import { setServerNow } from '../core/clock.ts';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { DeskPage } from './DeskPage.tsx';
import * as cast from './fixtures.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
beforeEach(() => {
  sessionStorage.clear();
  setServerNow(cast.now_ms);
});
afterEach(cleanup);

/** Inés at her desk: Priya and Hanne wait, Elin and Jonas are hers. */
function desk(answer: (address: string) => Response = () => new Response('{}')) {
  const link = new FixedLink({
    elin: { chat: cast.elin, entries: cast.elinsLog },
    jonas: { chat: cast.jonas, entries: cast.jonasLog },
    priya: { chat: cast.priya, entries: cast.priyasLog },
  });
  const asked = vi.fn((address: string, _how: RequestInit) => Promise.resolve(answer(address)));
  const door = { signOut: vi.fn(async () => {}), ended: vi.fn() };
  const desk = new Desk(cast.ines, new Api('agent', undefined, asked as never), { link, shelf: memoryShelf() });
  render(<DeskPage desk={desk} door={door} />);
  act(() =>
    link.tell({ op: 'desk', me: cast.ines, requests: ['priya', 'hanne'].map(cast.request), chats: cast.summaries }),
  );
  return { link, asked, door };
}

const refusal = (problem: Partial<Problem>) => () =>
  new Response(JSON.stringify({ code: '', say: '', next: '', ...problem }), { status: 409 });

it('Whoever is second is told who was first, and who else waits', async () => {
  desk(refusal({ code: 'already_taken', by: 'Tobias Lindqvist' }));
  fireEvent.click(screen.getByRole('button', { name: 'Accept Priya Raman' }));
  await screen.findByText('Tobias Lindqvist took this chat a moment earlier. 1 other is waiting.');
});

it('Whoever is first has the chat, and the keyboard in its field', async () => {
  const { asked } = desk();
  fireEvent.click(screen.getByRole('button', { name: 'Accept Priya Raman' }));
  const window = await screen.findByRole('region', { name: 'Chat with Priya Raman' });
  expect(asked.mock.calls[0]?.[0]).toBe('/api/chats/priya/accept');
  expect(within(window).getByText('And can I still add a bike?')).toBeTruthy();
});

it('A message that the agent sends is in the history at once', async () => {
  desk();
  fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: /Elin Sandvik/ }));
  const window = await screen.findByRole('region', { name: /Chat with Elin Sandvik/ });
  const field = within(window).getByRole('textbox');
  fireEvent.input(field, { target: { value: 'It takes 3 to 5 days.' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(within(window).getByText('It takes 3 to 5 days.')).toBeTruthy();
  expect((field as HTMLTextAreaElement).value).toBe('');
});

it('What is said in a chat without a window shows among My chats and on its bar', async () => {
  const { link } = desk();
  await act(async () => {}); // the chats have answered
  const mine = () => within(screen.getByRole('main')).getByRole('button', { name: /Jonas Wiebe/ });
  expect(mine().textContent).toContain('He is through.');
  act(() =>
    link.tell({
      op: 'entries',
      chat: 'jonas',
      entries: [{ seq: 6, at: cast.now_ms, who: 1, what: { kind: 'message', text: 'Now the next one is stuck.' } }],
    }),
  );
  expect(mine().textContent).toContain('Now the next one is stuck.');
  const bars = screen.getByRole('complementary', { name: 'My chats' });
  expect(within(bars).getByRole('button', { name: /Jonas Wiebe/ }).textContent).toContain('1 unread');
});

it('A closed chat can be read and no more, and says why', async () => {
  const { link } = desk();
  fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: /Elin Sandvik/ }));
  const window = await screen.findByRole('region', { name: /Chat with Elin Sandvik/ });
  act(() =>
    link.tell({
      op: 'entries',
      chat: 'elin',
      entries: [{ seq: 8, at: cast.now_ms, who: 1, what: { kind: 'closed', reason: 'by_external' } }],
      state: { ...cast.elin, state: 'closed', closed_reason: 'by_external', closed_at: cast.now_ms, can: [] },
    }),
  );
  expect(within(window).queryByRole('textbox')).toBeNull();
  expect(within(window).getByText(/Ended by the other side/)).toBeTruthy();
  expect(within(window).getByText('Elin Sandvik closed the chat')).toBeTruthy();
});

it('An ended session leads out', async () => {
  const { door, link } = desk();
  link.end('signed_out');
  await waitFor(() => expect(door.ended).toHaveBeenCalled());
});

it('What is typed is kept on the server when the writer looks elsewhere', async () => {
  const { asked } = desk();
  fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: /Elin Sandvik/ }));
  const window = await screen.findByRole('region', { name: /Chat with Elin Sandvik/ });
  const field = within(window).getByRole('textbox');
  fireEvent.input(field, { target: { value: 'It takes' } });
  expect(asked).not.toHaveBeenCalled();
  fireEvent.focusOut(field);
  expect(asked.mock.calls.map(([address, { method, body }]) => [method, address, body])).toEqual([
    ['PUT', '/api/chats/elin/draft', '{"text":"It takes","note":false}'],
  ]);
});

it('What was typed on another device stands in the field until somebody types here', async () => {
  const { link } = desk();
  fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: /Elin Sandvik/ }));
  const window = await screen.findByRole('region', { name: /Chat with Elin Sandvik/ });
  const field = () => within(window).getByRole('textbox') as HTMLTextAreaElement;
  const says = (text: string, note = false) =>
    act(() => link.tell({ op: 'state', chat: { ...cast.elin, head: 7, draft: { text, note } } }));
  // Whoever has the keyboard in it is about to type.
  says('She is', true);
  expect([document.activeElement, field().value]).toEqual([field(), '']);
  fireEvent.focusOut(field());
  expect(field().value).toBe('She is');
  act(() => field().blur());
  says('She is a regular', true);
  expect([field().value, field().getAttribute('aria-label')]).toEqual(['She is a regular', 'Note for agents only']);
  fireEvent.input(field(), { target: { value: 'She is a regular of ours' } });
  says('Something else');
  expect(field().value).toBe('She is a regular of ours');
});

it('Who has been away for long comes last among the conversations, and the bubble counts what is unread', async () => {
  const { link } = desk();
  const [elin, jonas] = cast.summaries as [never, never];
  const gone = { ...(elin as object), gone: true } as never;
  act(() => link.tell({ op: 'desk', me: cast.ines, requests: [], chats: [gone, jonas] }));
  const rows = () => [...screen.getByRole('main').querySelectorAll('.my-chat')].map((row) => row.textContent);
  expect(rows()[0]).toContain('Jonas Wiebe');
  expect(rows()[1]).toContain('Elin Sandvikaway for long');
  const bubble = screen.getByRole('button', { name: /Conversations/ });
  expect(bubble.getAttribute('aria-expanded')).toBe('false');
});

it('An owner moves a request to another channel from its preview, before anybody accepts it', async () => {
  const { asked } = desk(
    (address) => new Response(JSON.stringify(address.endsWith('channels') ? { channels: cast.movable } : {})),
  );
  fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: 'Preview the request of Priya Raman' }));
  const preview = within(await screen.findByRole('dialog', { name: 'Priya Raman', hidden: true }));
  expect(await preview.findByText('And can I still add a bike?')).toBeTruthy();
  const select = (await preview.findByRole('combobox', { hidden: true })) as HTMLSelectElement;
  expect([...select.options].map(({ text }) => text)).toEqual(['Freight (nobody is there)', 'Refunds']);
  fireEvent.click(preview.getByRole('button', { name: 'Move', hidden: true }));
  await screen.findByText('Priya Raman waits in Refunds now.');
  const [address, how] = asked.mock.calls.at(-1)!;
  expect([address, JSON.parse(`${how.body}`).channel]).toEqual(['/api/chats/priya/move', 'refunds']);
  expect(screen.queryByRole('dialog', { hidden: true })).toBeNull();
});

it('A chat in its own window is there alone, with the keyboard in its field', async () => {
  history.replaceState(null, '', '/agent/chat/elin');
  dispatchEvent(new PopStateEvent('popstate'));
  desk();
  const window = await screen.findByRole('region', { name: /Chat with Elin Sandvik/ });
  await waitFor(() => expect(document.activeElement).toBe(within(window).getByRole('textbox')));
  expect(screen.queryByRole('navigation')).toBeNull();
  expect(within(window).queryByRole('button', { name: 'Minimise' })).toBeNull();
  expect(within(window).queryByRole('menuitem', { name: 'Open in its own window', hidden: true })).toBeNull();
  history.replaceState(null, '', '/agent/');
  dispatchEvent(new PopStateEvent('popstate'));
});
