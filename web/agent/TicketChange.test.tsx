import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { ChangeTicket, TicketView } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { TicketChange } from './TicketChange.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const sales = { id: 'sales', name: 'Sales' };
const ticket: TicketView = {
  ...{
    id: 'one',
    number: '2026112610000015',
    title: 'A van',
    queue: sales,
    state: 'open',
    type: 'unclassified',
    priority: 3,
    locked: false,
  },
  ...{ customer: {}, created_at: 0, changed_at: 0, version: 3, articles: [], history: [], people: [], agents: [] },
  can: ['note', 'owner', 'priority', 'change'],
};

function show(answer?: string) {
  const onChange = vi.fn<(change: ChangeTicket) => Promise<string | undefined>>(async () => answer);
  const view = (now: TicketView) => <TicketChange ticket={now} queues={[]} onChange={onChange} />;
  const { rerender } = render(view(ticket));
  return { onChange, now: (now: Partial<TicketView>) => rerender(view({ ...ticket, ...now })) };
}

const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name: label }), { target: { value } });
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }));

it('A change is of the ticket as it was when somebody began', async () => {
  const { onChange, now } = show('Somebody changed this meanwhile.');
  choose('Priority', '5');
  now({ version: 4, title: 'A big van' });
  save();
  expect(onChange).toHaveBeenCalledWith({ version: 3, priority: 5 });
  expect((await screen.findByRole('alert')).textContent).toBe('Somebody changed this meanwhile.');
  // He has seen what it is now.
  save();
  expect(onChange).toHaveBeenLastCalledWith({ version: 4, priority: 5 });
});

it('A pending state needs a date, and another state takes none', async () => {
  const { onChange } = show();
  choose('State', 'pending_reminder');
  save();
  expect((await screen.findByRole('alert')).textContent).toBe('Say until when it waits.');
  fireEvent.input(screen.getByLabelText('Until'), { target: { value: '2026-12-01T09:00' } });
  choose('State', 'closed_successful');
  save();
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ version: 3, state: 'closed_successful' });
});

it('What one has no right to is shown and cannot be changed', () => {
  const { now } = show();
  now({ can: ['priority'] });
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'State' }).disabled).toBe(true);
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Priority' }).disabled).toBe(false);
});
