import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { OutOfOffice as Absence } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { OutOfOffice } from './OutOfOffice.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

const december = { from: '2026-12-01', to: '2026-12-05' };
const options = { hidden: true };

function dialog(absence?: Absence) {
  const [onSave, onClose] = [vi.fn<(absence: Absence) => Promise<string | undefined>>(async () => undefined), vi.fn()];
  render(<OutOfOffice absence={absence} onSave={onSave} onClose={onClose} />);
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name, ...options }));
  const put = (label: string, value: string, at = 0) =>
    fireEvent.input(screen.getAllByLabelText(label)[at]!, { target: { value } });
  return { onSave, onClose, press, put };
}

it('Ranges are added and removed, and kept with the zone', async () => {
  const { onSave, onClose, press, put } = dialog({ zone: 'Europe/Oslo', ranges: [december] });
  press('Add days');
  put('First day', '2026-12-24', 1);
  put('Last day', '2026-12-31', 1);
  press('Remove days 1');
  press('Save');
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(onSave.mock.calls[0]?.[0]).toEqual({
    zone: 'Europe/Oslo',
    ranges: [{ from: '2026-12-24', to: '2026-12-31' }],
  });
});

it('What cannot be is said before anything is sent, and nothing typed is lost', async () => {
  const { onSave, press, put } = dialog();
  press('Add days');
  put('First day', '2026-12-05');
  press('Save');
  expect(screen.getByText('Choose the first and the last day of each line.')).toBeTruthy();
  put('Last day', '2026-12-01');
  press('Save');
  expect(screen.getByText('A last day comes before its first day.')).toBeTruthy();
  expect(onSave).not.toHaveBeenCalled();
  put('Last day', '2026-12-06');
  onSave.mockResolvedValueOnce('The server cannot be reached.');
  press('Save');
  await screen.findByText('The server cannot be reached.');
  expect((screen.getByLabelText('First day') as HTMLInputElement).value).toBe('2026-12-05');
});
