import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import type { Plugin } from 'vite';

/** Which messages of a catalogue each surface needs, by the prefix of their id. */
export const surfaces = {
  agent: ['common', 'chat', 'agent', 'problem'],
  customer: ['common', 'chat', 'widget', 'customer', 'problem'],
  widget: ['common', 'chat', 'widget', 'problem'],
} as const;

const index = 'virtual:catalogue';

/**
 * Serves `locales/*.ftl`, one file per language for all surfaces, as modules: `virtual:catalogue` is the table
 * of lazy loaders per surface and language, `virtual:catalogue/<surface>/<language>` the messages of one. They
 * are parsed here, so that the browser needs no parser.
 */
export function catalogue(folder: string): Plugin {
  return {
    name: 'catalogue',
    resolveId: (id) => (id === index || id.startsWith(`${index}/`) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${index}`) return indexModule(languagesIn(folder));
      if (!id.startsWith(`\0${index}/`)) return null;
      const [surface, language] = id.slice(index.length + 2).split('/') as [keyof typeof surfaces, string];
      const file = join(folder, `${language}.ftl`);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(messagesFor(surface, readFileSync(file, 'utf8')))}`;
    },
  };
}

export function languagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .map((name) => name.slice(0, -4))
    .sort();
}

function messagesFor(surface: keyof typeof surfaces, text: string) {
  const wanted: readonly string[] = surfaces[surface];
  return new FluentResource(text).body.filter(
    // A term (`-name`) may be used by any message.
    ({ id }) => id.startsWith('-') || wanted.includes(id.slice(0, id.indexOf('-'))),
  );
}

function indexModule(languages: string[]): string {
  const table = Object.keys(surfaces).map((surface) => {
    const loaders = languages.map((language) => `'${language}': () => import('${index}/${surface}/${language}')`);
    return `'${surface}': { ${loaders.join(', ')} }`;
  });
  return `export const catalogues = { ${table.join(',\n')} };`;
}
