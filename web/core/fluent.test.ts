import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { expect, it } from 'vitest';
import { compile, languagesIn } from '../catalogue.ts';
import { type Args, Words } from './fluent.ts';

const folder = join(import.meta.dirname, '../../locales');

/** Fluent's own answer. */
function fluent(language: string, resource: FluentResource, id: string, args: Args): string {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(resource);
  const pattern = bundle.getMessage(id)?.value;
  return pattern ? bundle.formatPattern(pattern, args, []) : id;
}

/** All values worth trying for the variables of a message: every key that it tells apart, and plain ones. */
function tries(message: FluentResource['body'][number]): Args[] {
  const text = JSON.stringify(message);
  const names = [...new Set([...text.matchAll(/"type":"var","name":"(\w+)"/g)].map((match) => match[1]!))];
  const keys = [...text.matchAll(/"key":\{"type":"str","value":"([^"]+)"/g)].map((match) => match[1]!);
  const values = [0, 1, 2, 5, 21, 1_234, 'Priya', ...keys];
  return values.map((_, n) => Object.fromEntries(names.map((name, m) => [name, values[(n + m) % values.length]!])));
}

// There are many, and more to come.
it('Every message of every catalogue reads as Fluent reads it', () => {
  for (const language of languagesIn(folder)) {
    const text = readFileSync(join(folder, `${language}.ftl`), 'utf8');
    const [resource, words] = [new FluentResource(text), new Words(language, compile(text))];
    for (const message of resource.body.filter(({ id }) => !id.startsWith('-'))) {
      for (const args of tries(message)) {
        expect([message.id, args, words.say(message.id, args)]).toEqual([
          message.id,
          args,
          fluent(language, resource, message.id, args),
        ]);
      }
    }
  }
}, 30_000);

it('Terms, references, nested choices and escapes read as Fluent reads them', () => {
  const text = `
-desk = Lanternquay
hello = Hello { $name }, this is { -desk }{ "{" }
again = Again: { hello }
cats = { $count ->
    [0] no cats
    [one] one cat of { $name }
   *[other] { $count } { $kind ->
        [big] big cats
       *[small] small cats
    }
}
`;
  const [resource, words] = [new FluentResource(text), new Words('en', compile(text))];
  for (const id of ['hello', 'again', 'cats']) {
    for (const args of [0, 1, 7].map((count) => ({ count, name: 'Priya', kind: 'big' }))) {
      expect(words.say(id, args)).toBe(fluent('en', resource, id, args));
    }
  }
});

it('A hole shows and breaks nothing', () => {
  const words = new Words('en', compile('hello = Hello { $name }'));
  expect([words.say('no-such'), words.has('no-such'), words.say('hello')]).toEqual(['no-such', false, 'Hello {$name}']);
});

it('What the browser could not say does not get into a catalogue', () => {
  expect(() => compile('now = It is { DATETIME($now) }')).toThrow('do without func');
});
