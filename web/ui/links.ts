/** A piece of a message: plain, or a link when `href` is there. */
export interface Piece {
  text: string;
  href?: string;
}

const address = /\b(?:https?:\/\/|mailto:)[^\s<>"'`]+/giu;

/** Finds addresses in a text, http, https and mailto only; everything else stays text, whatever it looks like. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const href = withoutTail(match[0]);
    if (!URL.canParse(href)) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: href, href });
    end = match.index + href.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** Punctuation that ends the sentence, not the address; a bracket only when it was not opened inside. */
function withoutTail(found: string): string {
  let href = found;
  for (;;) {
    const last = href.at(-1) ?? '';
    const unopened = last === ')' && href.split('(').length < href.split(')').length;
    if (!/[.,;:!?…。、»”’\]}*_]/u.test(last) && !unopened) return href;
    href = href.slice(0, -1);
  }
}
