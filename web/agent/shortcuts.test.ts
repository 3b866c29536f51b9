import { afterEach, expect, it } from 'vitest';
import { listen, setOff } from './shortcuts.ts';

const done: string[] = [];
const stop = listen((what) => done.push(what));

function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}) {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  return done.splice(0);
}

afterEach(() => setOff('h', false));

it('A letter does its thing, but not where somebody writes and not with Ctrl', () => {
  const field = document.body.appendChild(document.createElement('textarea'));
  expect(press('h')).toEqual(['home']);
  expect(press('?', document.body, { shiftKey: true })).toEqual(['sheet']);
  expect(press('h', field)).toEqual([]);
  expect(press('a', document.body, { ctrlKey: true })).toEqual([]);
});

it('A letter that was switched off does nothing', () => {
  setOff('h', true);
  expect(press('h')).toEqual([]);
  expect(press('a')).toEqual(['archive']);
});

it('After the end nothing is heard', () => {
  stop();
  expect(press('a')).toEqual([]);
});
