/** The catalogues as the reader of a page has them: what a control is called, in the language of the person who looks for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';

export type Language = 'en' | 'de';
export type Words = (id: string, args?: Record<string, string | number>) => string;

const folder = join(import.meta.dirname, '../../locales');
const read = (language: Language) => new FluentResource(readFileSync(join(folder, `${language}.ftl`), 'utf8'));
const bundles = new Map<Language, FluentBundle>();

/** Throws on an id that has no words: a story must not look for what nobody can see. */
export function wordsOf(language: Language): Words {
  const bundle = bundleOf(language);
  return (id, args = {}) => {
    const message = bundle.getMessage(id);
    if (message?.value == null) throw new Error(`${language}.ftl has no ${id}`);
    return bundle.formatPattern(message.value, args);
  };
}

function bundleOf(language: Language): FluentBundle {
  const known = bundles.get(language);
  if (known !== undefined) return known;
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(read(language));
  bundles.set(language, bundle);
  return bundle;
}

/** Every text that the catalogue can make, as patterns: each variant once, whatever is filled in standing for anything. */
export function patternsOf(language: Language): Map<string, string[]> {
  return new Map(read(language).body.flatMap(({ id, value }) => (value == null ? [] : [[id, spread(value)]])));
}

/** A blank in a pattern. */
export const BLANK = '\u0000';

type Pattern = NonNullable<FluentResource['body'][number]['value']>;

function spread(pattern: Pattern): string[] {
  if (typeof pattern === 'string') return [pattern];
  return pattern.reduce<string[]>(
    (texts, element) => {
      const pieces = typeof element === 'string' ? [element] : expand(element);
      return texts.flatMap((text) => pieces.map((piece) => text + piece));
    },
    [''],
  );
}

function expand(element: Exclude<Pattern, string>[number]): string[] {
  if (typeof element === 'string') return [element];
  if (element.type === 'select') return element.variants.flatMap(({ value }) => spread(value));
  if (element.type === 'str') return [element.value];
  return [BLANK];
}
