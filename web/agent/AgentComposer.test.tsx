import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../core/i18n.ts';
import { AgentComposer, type Audience } from './AgentComposer.tsx';

beforeAll(() => loadCatalogue('agent', 'en'));
afterEach(cleanup);

function Ines({ onSend, limit }: { onSend: (text: string, audience: Audience) => void; limit?: number }) {
  const [text, setText] = useState('');
  const [audience, setAudience] = useState<Audience>('message');
  return (
    <AgentComposer
      text={text}
      onText={setText}
      onSend={(text) => onSend(text, audience)}
      prompt="Message to Elin"
      audience={audience}
      onAudience={setAudience}
      everyone="Elin and agents"
      may={['message', 'note']}
      {...(limit === undefined ? {} : { limit })}
    />
  );
}

function type(text: string) {
  const field = screen.getByRole('textbox');
  fireEvent.input(field, { target: { value: text } });
  return field;
}

it('Enter sends; Shift+Enter does not, nor does the Enter of an input method', () => {
  const sent = vi.fn();
  render(<Ines onSend={sent} />);
  const field = type('Yes, it goes back to the same card.');
  fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
  expect(sent).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(sent).toHaveBeenCalledWith('Yes, it goes back to the same card.', 'message');
});

it('A note is named as one in its field and on its button', () => {
  const sent = vi.fn();
  render(<Ines onSend={sent} />);
  fireEvent.click(screen.getByRole('radio', { name: 'Agents only' }));
  expect(screen.getByRole('textbox', { name: 'Note for agents only' })).toBeTruthy();
  type('Approved by Billing');
  fireEvent.submit(screen.getByRole('button', { name: 'Add note' }).closest('form')!);
  expect(sent).toHaveBeenCalledWith('Approved by Billing', 'note');
});

it('A text that is too long is counted and kept, in code points', () => {
  const sent = vi.fn();
  render(<Ines onSend={sent} limit={5} />);
  fireEvent.keyDown(type('🙂🙂🙂🙂🙂🙂🙂'), { key: 'Enter' });
  expect(screen.getByText('2 characters too many')).toBeTruthy();
  expect(sent).not.toHaveBeenCalled();
  expect((screen.getByRole('textbox') as HTMLTextAreaElement).value).toBe('🙂🙂🙂🙂🙂🙂🙂');
});
