import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Desk } from '../core/desk.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { Api } from '../core/server.ts';
import { memoryShelf } from '../core/shelf.ts';
import { FixedLink } from '../gallery/fixed-link.ts';
import { DownloadDialog } from './DownloadDialog.tsx';
import * as cast from './fixtures.ts';
import { Windows } from './windows.ts';
import { Work } from './work.ts';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Inés about to take Elin's chat away; `answers` is what the server says. */
function ines(...answers: Response[]) {
  const asked: string[] = [];
  const saved: string[] = [];
  const fetcher = async (address: string) => {
    asked.push(new URL(address, 'https://desk.example').searchParams.get('form')!);
    return answers.shift() ?? new Response('Is the refund on its way?');
  };
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:chat');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  const desk = new Desk(cast.ines, new Api('agent', undefined, fetcher as never), {
    link: new FixedLink({}),
    shelf: memoryShelf(),
  });
  const work = new Work(desk, new Windows(memoryShelf(), 'ines'));
  const close = vi.fn();
  const show = () => render(<DownloadDialog onDownload={(form) => work.download('elin', form)} onClose={close} />);
  return { asked, saved, close, show };
}

const button = () => screen.getByRole('button', { name: 'Download', hidden: true });
const form = (name: RegExp) => screen.getByRole('radio', { name, hidden: true }) as HTMLInputElement;

it('A chat is taken away as PDF, HTML, text or JSON', async () => {
  const { asked, saved, close, show } = ines();
  const { unmount } = show();
  expect(form(/^PDF/).checked).toBe(true);
  unmount();
  for (const name of [/^PDF/, /^HTML/, /^Text/, /^JSON/]) {
    const { unmount } = show();
    fireEvent.click(form(name));
    await act(async () => void fireEvent.click(button()));
    unmount();
  }
  await waitFor(() => expect(close).toHaveBeenCalledTimes(4));
  expect(asked).toEqual(['pdf', 'html', 'text', 'json']);
  expect(saved).toEqual(['chat-elin.pdf', 'chat-elin.html', 'chat-elin.txt', 'chat-elin.json']);
});

it('While it is made the button says so, and what went wrong stays there with what was chosen', async () => {
  const refused = Response.json({ code: 'busy', say: 'Too much at once.', next: 'Try again.' }, { status: 503 });
  const { saved, close, show } = ines(refused);
  show();
  fireEvent.click(form(/^Text/));
  fireEvent.click(button());
  expect(button().getAttribute('aria-busy')).toBe('true');
  expect((await screen.findByRole('alert', { hidden: true })).textContent).not.toBe('');
  expect([form(/^Text/).checked, close.mock.calls.length, saved]).toEqual([true, 0, []]);
  await act(async () => void fireEvent.click(button()));
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(saved).toEqual(['chat-elin.txt']);
});
