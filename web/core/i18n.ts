import { catalogues } from 'virtual:catalogue';
import { signal } from '@preact/signals';
import { type Args, Words } from './fluent.ts';

export const lang = signal('en');
export const dir = signal<'ltr' | 'rtl'>('ltr');

let words: Words | undefined;
/** Counts what came later: words that were missing are there now. */
const more = signal(0);

/** The languages there is a file for. */
export const languages: readonly string[] = Object.keys(Object.values(catalogues)[0]!);

/** The reader's first language that there is a file for, else English. */
export function browserLanguage(wanted: readonly string[] = navigator.languages): string {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]!;
    if (languages.includes(language)) return language;
  }
  return 'en';
}

/** Fetches the words of one surface and makes every `t()` read from them. */
export async function loadCatalogue(surface: keyof typeof catalogues, language: string): Promise<void> {
  const loaders = catalogues[surface]!;
  const load = loaders[language] ?? loaders.en!;
  const { default: body } = await load();
  words = new Words(language, body);
  lang.value = language;
  dir.value = /^(ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
}

/** Fetches further words in the language of the page, where they are not among the others already. */
export async function addCatalogue(surface: keyof typeof catalogues): Promise<void> {
  const load = catalogues[surface]?.[lang.peek()];
  if (!load) return;
  words?.add((await load()).default);
  more.value++;
}

/**
 * The words for `id` in the language of the page. Numbers that choose a plural go in as numbers; dates, times
 * and long numbers go in formatted. No isolation marks are put around them, since they would end up in copied text:
 * markup isolates with `<bdi>`.
 */
export function t(id: string, args?: Args): string {
  void [lang.value, more.value]; // whoever shows words is drawn again when the language changes, or more of them came
  return words?.say(id, args) ?? id;
}

/** Whether there are words for this id: a server may know problem codes that this page does not. */
export function has(id: string): boolean {
  return words?.has(id) ?? false;
}
