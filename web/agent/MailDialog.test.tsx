import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { MemberView } from '../api/types.ts';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import * as cast from './fixtures.ts';
import { MailDialog } from './MailDialog.tsx';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

/** Inés about to send a chat with `external` by e-mail. */
async function ines(external: MemberView) {
  const sent: object[] = [];
  const fetcher = async (_: string, { body }: RequestInit) => {
    sent.push(JSON.parse(String(body)));
    return Response.json({});
  };
  const chat = { ...cast.elin, members: [external, ...cast.elin.members.slice(1)] };
  const link = new FixedLink({ elin: { chat, entries: [] } });
  const me = { ...cast.ines, email: 'ines@skerry.example' };
  const desk = new Desk(me, new Api('agent', undefined, fetcher as never), { link, shelf: memoryShelf() });
  await act(async () => void desk.open('elin'));
  const close = vi.fn();
  render(<MailDialog work={new Work(desk, new Windows(memoryShelf(), 'ines'))} chat="elin" onClose={close} />);
  const to = screen.getAllByRole<HTMLInputElement>('radio', { hidden: true });
  const choices = to.map(({ checked, parentElement }) => [parentElement?.querySelector('bdi')?.textContent, checked]);
  return { sent, close, choices };
}

const [elin] = cast.elin.members;
const priya: MemberView = { ...elin!, name: 'Priya Raman', kind: 'public_user' };
const toInés = 'Inés Vidal (ines@skerry.example)';

it('A visitor can have the chat at the address that his page has proven', async () => {
  const identity = { subject: 'c-4711', email: 'priya@raman.example' };
  const { sent, close, choices } = await ines({ ...priya, identity });
  expect(choices).toEqual([
    ['Priya Raman (priya@raman.example)', true],
    [toInés, false],
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Send', hidden: true }));
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(sent).toEqual([expect.objectContaining({ to: 'external', language: 'en' })]);
});

it('Where nothing is proven it goes to nobody but the agent, and to a customer user in any case', async () => {
  expect((await ines({ ...priya, identity: { subject: 'c-4711' } })).choices).toEqual([[toInés, true]]);
  cleanup();
  expect((await ines(priya)).choices).toEqual([[toInés, true]]);
  cleanup();
  expect((await ines(elin!)).choices).toEqual([
    ['Elin Sandvik', true],
    [toInés, false],
  ]);
});
