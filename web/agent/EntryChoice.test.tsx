import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { EntryView, EntryWhat } from '../api/types.ts';
import type { ChatStore } from '../core/chat.ts';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { EntryChoice } from './EntryChoice.tsx';
import * as cast from './fixtures.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const file = (name: string) => ({ name, type: 'application/pdf', size: 2_048 });
const said: [who: number, what: EntryWhat][] = [
  [1, { kind: 'requested' }],
  [1, { kind: 'message', text: 'Here is the bill.' }],
  [1, { kind: 'message', text: 'bill.pdf', file: file('bill.pdf') }],
  [2, { kind: 'note', text: 'fares.pdf', file: file('fares.pdf') }],
  [1, { kind: 'redacted', at: cast.now_ms }],
];

/** Inés chooses of Elin's chat; answers with what is taken. */
async function ines() {
  const entries: EntryView[] = said.map(([who, what], n) => ({ seq: n + 1, at: cast.now_ms, who, what }));
  const link = new FixedLink({ elin: { chat: cast.elin, entries } });
  const desk = new Desk(cast.ines, new Api('agent'), { link, shelf: memoryShelf() });
  const chat = desk.open('elin');
  await act(async () => {});
  const seen: { taken?: readonly number[] | undefined } = {};
  const keep = (taken: readonly number[] | undefined) => {
    seen.taken = taken;
  };
  render(<Choosing chat={chat} onTaken={keep} />);
  return seen;
}

function Choosing({ chat, onTaken }: { chat: ChatStore; onTaken: (taken: readonly number[] | undefined) => void }) {
  const [taken, setTaken] = useState<readonly number[]>();
  onTaken(taken);
  return <EntryChoice chat={chat} taken={taken} onTake={setTaken} />;
}

const tick = (name: RegExp | string) => fireEvent.click(screen.getByRole('checkbox', { name }));
const offered = () => screen.getAllByRole('checkbox').map((box) => box.closest('label')!.lastChild!.lastChild!);

it('The whole chat goes into the ticket until a part is asked for, and then everything is chosen', async () => {
  const seen = await ines();
  expect(seen.taken).toBeUndefined();
  expect(screen.getAllByRole('checkbox')).toHaveLength(1);
  tick('Only a part of it');
  expect(seen.taken).toEqual([2, 3, 4]);
  tick('Only a part of it');
  expect(seen.taken).toBeUndefined();
});

it('Files are chosen by their names like texts; events and what was redacted are not offered', async () => {
  const seen = await ines();
  tick('Only a part of it');
  const [, ...rows] = offered();
  expect(rows.map(({ textContent }) => textContent)).toEqual(['Here is the bill.', 'bill.pdf', 'fares.pdf']);
  tick(/^Elin Sandvik .* bill\.pdf$/);
  expect(seen.taken).toEqual([2, 4]);
  expect(screen.getByText('2 messages go into the ticket.')).toBeTruthy();
  tick(/bill\.pdf$/);
  tick(/fares\.pdf$/);
  expect(new Set(seen.taken)).toEqual(new Set([2, 3]));
});

it('None and all are one press away', async () => {
  const seen = await ines();
  tick('Only a part of it');
  fireEvent.click(screen.getByRole('button', { name: 'Choose none' }));
  expect(seen.taken).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Choose all' }));
  expect(seen.taken).toEqual([2, 3, 4]);
});
