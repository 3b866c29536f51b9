import { catalogues } from 'virtual:catalogue';
import { FluentBundle } from '@fluent/bundle';
import { signal } from '@preact/signals';

export const lang = signal('en');
export const dir = signal<'ltr' | 'rtl'>('ltr');

let bundle: FluentBundle | undefined;

/** The languages there is a file for. */
export const languages: readonly string[] = Object.keys(catalogues.agent);

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
  const load = catalogues[surface][language] ?? catalogues[surface].en!;
  const { default: body } = await load();
  // Isolation marks stay off: they would end up in copied text. Markup isolates with `<bdi>` instead.
  const next = new FluentBundle(language, { useIsolating: false });
  next.addResource({ body });
  bundle = next;
  lang.value = language;
  dir.value = /^(ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
}

/**
 * The words for `id` in the language of the page. Numbers that choose a plural go in as numbers; dates, times
 * and long numbers go in formatted. An unknown id answers with itself, so that a hole shows and nothing breaks.
 */
export function t(id: string, args?: Record<string, string | number>): string {
  void lang.value; // whoever shows words is drawn again when the language changes
  const pattern = bundle?.getMessage(id)?.value;
  return pattern ? bundle!.formatPattern(pattern, args) : id;
}

/** Whether there are words for this id: a server may know problem codes that this page does not. */
export function has(id: string): boolean {
  return bundle?.hasMessage(id) ?? false;
}
