import { cleanup, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadCatalogue } from '../core/i18n.ts';
import { Composer } from './Composer.tsx';

beforeAll(() => loadCatalogue('widget', 'en'));
afterEach(cleanup);

it('Sends what stands in the field, also when Enter comes before the text was shown again', async () => {
  const sent: string[] = [];
  function Priya() {
    const [text, setText] = useState('');
    const send = (text: string) => {
      sent.push(text);
      setText('');
    };
    return <Composer text={text} onText={setText} onSend={send} prompt="Write a message" />;
  }
  render(<Priya />);
  const field = screen.getByRole<HTMLTextAreaElement>('textbox');
  // As by a text expander, which types and presses Enter in one go.
  field.value = 'Is there a ramp?';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  expect(sent).toEqual(['Is there a ramp?']);
  await expect.poll(() => field.value).toBe('');
});
