import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { OfferedChannel } from '../api/types.ts';
import { loadCatalogue } from '../core/i18n.ts';
import { StartForm } from './StartForm.tsx';

beforeAll(() => loadCatalogue('widget', 'en'));
afterEach(cleanup);

const offered = (name: string, available: boolean): OfferedChannel => ({ channel: { id: name, name }, available });
const [travel, lost] = [offered('Travel desk', true), offered('Lost property', false)];

function Priya({ channels, onStart }: { channels: OfferedChannel[] | undefined; onStart: () => void }) {
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [channel, setChannel] = useState<string>();
  return (
    <StartForm
      channels={channels}
      text={text}
      onText={setText}
      name={{ value: name, onName: setName }}
      channel={channel}
      onChannel={setChannel}
      onStart={onStart}
      busy={false}
    />
  );
}

const message = () => screen.getByRole('textbox', { name: 'Your message' });
const start = () => fireEvent.submit(screen.getByRole('button').closest('form')!);

it('Says what is missing where it is missing, the message first', () => {
  const started = vi.fn();
  render(<Priya channels={[travel]} onStart={started} />);
  start();
  expect(screen.getByRole('alert').textContent).toBe('Write a message first.');
  fireEvent.input(message(), { target: { value: 'Hello' } });
  start();
  expect(screen.getByRole('alert').textContent).toBe('Please tell us your name.');
  fireEvent.input(screen.getByRole('textbox', { name: 'Your name' }), { target: { value: 'Priya' } });
  start();
  expect(started).toHaveBeenCalledOnce();
});

it('Says before anything is typed that nobody is there, keeps what was typed, and does not start', () => {
  const started = vi.fn();
  const { rerender } = render(<Priya channels={[travel]} onStart={started} />);
  fireEvent.input(message(), { target: { value: 'Hello' } });
  rerender(<Priya channels={[lost]} onStart={started} />);
  expect(screen.getByRole('status').textContent).toContain('Nobody is free right now');
  expect(screen.getByRole('status').textContent).toContain('Your text stays here.');
  expect((message() as HTMLTextAreaElement).value).toBe('Hello');
  fireEvent.input(screen.getByRole('textbox', { name: 'Your name' }), { target: { value: 'Priya' } });
  start();
  expect(started).not.toHaveBeenCalled();
  expect(screen.getByRole('button').getAttribute('aria-disabled')).toBe('true');
});

it('Offers a choice only where there is one, and begins with a channel where somebody is', () => {
  const { rerender } = render(<Priya channels={[travel]} onStart={() => {}} />);
  expect(screen.queryByRole('radio')).toBeNull();
  rerender(<Priya channels={[lost, travel]} onStart={() => {}} />);
  const chosen = screen.getAllByRole('radio').filter((radio) => (radio as HTMLInputElement).checked);
  expect(chosen.map((radio) => (radio as HTMLInputElement).value)).toEqual(['Travel desk']);
});

it('Where no chat is offered there is no form', () => {
  render(<Priya channels={[]} onStart={() => {}} />);
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('There is no chat here at the moment.');
});
