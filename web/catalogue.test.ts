import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { languagesIn } from './catalogue.ts';

const folder = join(import.meta.dirname, '../locales');
const read = (language: string) => readFileSync(join(folder, `${language}.ftl`), 'utf8');
const english = messages(read('en'));

describe.each(languagesIn(folder).filter((language) => language !== 'en'))('The catalogue %s', (language) => {
  const other = messages(read(language));

  it('has the messages of the English one and no others', () => {
    expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('uses the same variables in each of them', () => {
    for (const [id, variables] of english) expect([id, other.get(id)]).toEqual([id, variables]);
  });
});

it('Every message that the source names is in the catalogue', () => {
  const named = sources().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!),
  );
  expect(named.filter((id) => !english.has(id))).toEqual([]);
});

it('A catalogue is read without a line being dropped as unreadable', () => {
  for (const language of languagesIn(folder)) {
    const written = [...read(language).matchAll(/^(-?[a-zA-Z][\w-]*) *=/gm)].map((match) => match[1]!);
    expect([language, [...messages(read(language)).keys()]]).toEqual([language, written]);
  }
});

/** Message id → the variables in it, sorted. */
function messages(text: string): Map<string, string[]> {
  return new Map(new FluentResource(text).body.map(({ id, ...rest }) => [id, variables(rest)]));
}

function variables(node: unknown): string[] {
  const found = [...JSON.stringify(node).matchAll(/"type":"var","name":"(\w+)"/g)].map((match) => match[1]!);
  return [...new Set(found)].sort();
}

function sources(): string[] {
  return ['agent', 'customer', 'chat', 'widget', 'mail', 'core', 'ui'].flatMap((part) =>
    readdirSync(join(import.meta.dirname, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
      .map((name) => join(import.meta.dirname, part, name)),
  );
}
