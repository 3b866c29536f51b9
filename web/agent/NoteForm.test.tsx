import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { AddArticle } from '../api/types.ts';
import { Attachments } from '../core/attachments.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { NoteForm, type WantedText } from './NoteForm.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

function show(address?: string) {
  const onWrite = vi.fn<(note: Omit<AddArticle, 'cid'>) => Promise<string | undefined>>(async () => undefined);
  const files = new Attachments(new Api('agent'));
  const view = (wanted?: WantedText) => (
    <NoteForm
      {...{ subject: 'A van', whom: 'Hanne Dahl', address, files, onWrite, wanted }}
      onAgain={() => undefined}
    />
  );
  const { rerender } = render(view());
  return { onWrite, files, want: (is: WantedText['is']) => rerender(view({ is })) };
}

const write = (text: string, button: string) => {
  fireEvent.input(screen.getByRole('textbox'), { target: { value: text } });
  fireEvent.click(screen.getByRole('button', { name: button }));
};

it('A reply goes by e-mail where there is an address, and a note to nobody outside', async () => {
  const { onWrite, want } = show('hanne@wiebe.example');
  want('reply');
  const field = await screen.findByRole('textbox', { name: 'Reply to Hanne Dahl' });
  expect(document.activeElement).toBe(field);
  write('It comes today.', 'Send reply');
  expect(onWrite).toHaveBeenLastCalledWith({ subject: 'A van', text: 'It comes today.', visible: true, email: true });
  await screen.findByRole('textbox', { name: 'Note' });
  want('reply');
  await screen.findByRole('textbox', { name: 'Reply to Hanne Dahl' });
  // Whoever takes it back writes for agents, whatever stood there.
  want('note');
  await screen.findByRole('textbox', { name: 'Note' });
  write('She is a regular.', 'Add note');
  expect(onWrite).toHaveBeenLastCalledWith({ subject: 'A van', text: 'She is a regular.', visible: false });
});

it('Without an address a reply is read in the portal', async () => {
  const { onWrite, want } = show();
  want('reply');
  await screen.findByRole('textbox', { name: 'Reply to Hanne Dahl' });
  write('It comes today.', 'Send reply');
  expect(onWrite).toHaveBeenLastCalledWith({ subject: 'A van', text: 'It comes today.', visible: true });
});

it('Files and an e-mail exclude each other, and what cannot be had says why', async () => {
  const { want, files } = show('hanne@wiebe.example');
  const attach = () => screen.getByRole('button', { name: 'Attach files' });
  const byEmail = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /Send as an e-mail/ });
  want('reply');
  await screen.findByText('E-mail');
  expect([attach().getAttribute('aria-disabled'), attach().title]).toEqual(['true', 'An e-mail takes no files along.']);
  fireEvent.click(byEmail());
  expect(attach().getAttribute('aria-disabled')).toBeNull();
  expect(screen.queryByText('An e-mail takes no files along.')).toBeNull();
  act(() => files.add([new File(['Two metres'], 'ramp.txt')]));
  expect(byEmail().disabled).toBe(true);
  expect(document.getElementById(byEmail().getAttribute('aria-describedby')!)?.textContent).toBe(
    'An e-mail takes no files along.',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Take ramp.txt off' }));
  expect(byEmail().disabled).toBe(false);
});
