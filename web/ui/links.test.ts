import { expect, it } from 'vitest';
import { pieces } from './links.ts';

const links = (text: string) => pieces(text).flatMap(({ href }) => href ?? []);

it('Addresses become links without the punctuation of their sentence', () => {
  expect(links('See https://skerry.example/fares?from=1, or (http://skerry.example/a_(b)).')).toEqual([
    'https://skerry.example/fares?from=1',
    'http://skerry.example/a_(b)',
  ]);
  expect(links('mailto:elin@sandvik.example')).toEqual(['mailto:elin@sandvik.example']);
});

it('Nothing else becomes one', () => {
  expect(
    links('javascript:alert(1) data:text/html,hi ftp://a.example file:///etc vbscript:x http:// skerry.example'),
  ).toEqual([]);
});

it('The pieces are the text, nothing lost and nothing added', () => {
  const text = 'a\nhttps://a.example/ü?x=<b> c';
  expect(
    pieces(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
