/** What this agent chose for this browser: language and light or dark. */
import { effect, signal } from '@preact/signals';
import { browserLanguage, dir, lang, languages, loadCatalogue } from '../core/i18n.ts';
import { browserShelf } from '../core/shelf.ts';

export type Theme = 'system' | 'light' | 'dark';

const shelf = browserShelf('browser');
const kept = shelf.get('theme');

export const theme = signal<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');

export function setTheme(wanted: Theme): void {
  theme.value = wanted;
  shelf.put('theme', wanted === 'system' ? undefined : wanted);
}

export async function setLanguage(wanted: string): Promise<void> {
  await loadCatalogue('agent', wanted);
  shelf.put('language', wanted);
}

/** The language that an agent chose for all his devices goes before what he chose here. */
export function speak(wanted: string | undefined): void {
  if (wanted !== undefined && languages.includes(wanted) && wanted !== lang.peek()) void setLanguage(wanted);
}

/** Dresses the page; call before anything is drawn. */
export async function dress(): Promise<void> {
  const root = document.documentElement;
  effect(() => {
    root.lang = lang.value;
    root.dir = dir.value;
  });
  effect(() => {
    if (theme.value === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme.value;
  });
  const chosen = shelf.get('language');
  await loadCatalogue('agent', chosen && languages.includes(chosen) ? chosen : browserLanguage());
}
