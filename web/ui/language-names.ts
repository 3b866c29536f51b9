import { lang } from '../core/i18n.ts';

/** Each language under its own name, so that whoever got lost finds back: `Deutsch`. */
export function ownName(code: string): string {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** A language as the reader calls it, or its tag where it is none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(lang.value, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
