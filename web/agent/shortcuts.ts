/** Single letters that do something outside of text fields. */
import { type Signal, signal } from '@preact/signals';
import { browserShelf } from '../core/shelf.ts';

export const shortcuts = { '?': 'sheet', c: 'chats', h: 'home', a: 'archive' } as const;
export type ShortcutKey = keyof typeof shortcuts;

const shelf = browserShelf('browser');

/** The letters that this agent switched off. */
export const off: Signal<readonly string[]> = signal((shelf.get('keys-off') ?? '').split(' ').filter(Boolean));

export function setOff(key: ShortcutKey, isOff: boolean): void {
  off.value = [...off.value.filter((one) => one !== key), ...(isOff ? [key] : [])];
  shelf.put('keys-off', off.value.length === 0 ? undefined : off.value.join(' '));
}

/** Calls `act` with what a letter stands for, unless somebody is writing, or it is part of a combination. */
export function listen(act: (what: (typeof shortcuts)[ShortcutKey]) => void): () => void {
  const pressed = (event: KeyboardEvent) => {
    const what = shortcuts[event.key as ShortcutKey];
    if (what === undefined || off.peek().includes(event.key) || !free(event)) return;
    event.preventDefault();
    act(what);
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

function free(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return false;
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]') == null;
}
