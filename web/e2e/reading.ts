/** Whether a page speaks one language only: what can be read on it, held against both catalogues. */
import { expect, type Page } from '@playwright/test';
import { BLANK, type Language, patternsOf } from './words.ts';

/** Names, numbers, what the browser itself knows to say, and what people wrote. */
export function dataOf(language: Language, written: readonly string[]): RegExp[] {
  const day = (n: number) => new Date(2026, n, n + 1);
  const parts = (options: Intl.DateTimeFormatOptions) =>
    Array.from({ length: 12 }, (_, n) => new Intl.DateTimeFormat(language, options).format(day(n)));
  const calendar = [
    ...new Set([...parts({ weekday: 'long' }), ...parts({ month: 'long' }), ...parts({ month: 'short' })]),
  ];
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const since = ['second', 'minute'].flatMap((unit) =>
    [0, 1, 2, 3].map((n) => ago.format(-n, unit as Intl.RelativeTimeFormatUnit)),
  );
  const units = ['day', 'hour', 'minute', 'second'].flatMap((unit) =>
    [1, 2].map((n) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(n).slice(2)),
  );
  return [
    new RegExp(`^\\d+ (${units.join('|')})(, \\d+ (${units.join('|')}))*$`),
    /^(Ines Vogt|Maren Holt|Priya Raman|Hanne Dahl|Skerry Ferries|Wiebe Freight)$/,
    /^(Travel desk|Freight|Default|Travel team|Freight team|Trainees|Wiebe Freight · Default|Deskbell|Deutsch|English)$/,
    /^(\(\d+\) )?.+ · Deskbell$/,
    // Time zones.
    /^(UTC|\w+(\/[\w +-]+)+)$/,
    new RegExp(`^(${since.join('|')})$`),
    /^\p{L}{1,2}$/u,
    new RegExp(`^(${calendar.join('|')}|[\\d.,: ])+$`),
    new RegExp(`^(${written.map(escaped).join('|')}|…)$`),
  ];
}

/**
 * Nothing on the page is English that has words in `language`, and nothing is there that is neither in its catalogue nor
 * `data`: names, what people wrote, numbers and times.
 */
export async function expectOnly(language: Language, page: Page, view: string, data: readonly RegExp[]): Promise<void> {
  const own = [...patternsOf(language).values()].flat().map(matcher);
  const ours = page.frames().filter((frame) => frame.url().startsWith('http://localhost'));
  const texts = new Set((await Promise.all(ours.map(textsIn))).flat());
  const known = (text: string) => [...data, ...own].some((one) => one.test(text));
  // Some are put together: `What: which`, `Role, presence`, `(you)`, `What …` where a dialog follows.
  const pieces = (text: string) => text.split(/: |, |[()…]/).flatMap((piece) => piece.trim() || []);
  const foreign = [...texts].filter((text) => !known(text) && !pieces(text).every(known));
  expect(foreign, `texts of ${view} that are not in ${language}.ftl`).toEqual([]);
}

/** What is written between the blanks decides; a pattern of blanks only would match everything. */
function matcher(pattern: string): RegExp {
  if (!/\p{L}/u.test(pattern)) return /^\b$/;
  return new RegExp(`^${pattern.split(BLANK).map(escaped).join('.*')}$`, 'su');
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Everything that can be read or heard: text, names of controls, tips, what stands in empty fields. */
async function textsIn(frame: ReturnType<Page['frames']>[number]): Promise<string[]> {
  return frame.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node as Element;
      // What is not to be translated is what a program calls it.
      if (element.closest('script, style, noscript, template, [translate=no]')) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
      // What Preact renders as one expression is one text node.
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE) found.push(child.textContent ?? '');
    }
    return found.map((text) => text.trim()).filter((text) => /\p{L}/u.test(text));
  });
}
