/** The articles of a ticket: the newest ones come with it, earlier ones when they are asked for. */
import type { ArticleView } from '../api/types.ts';

/** What a ticket shows, be it an agent's or a customer's view of it. */
export interface Articled {
  /** In order. */
  articles: ArticleView[];
  /** There are some before these. */
  earlier?: boolean;
}

/** A ticket that was fetched again: what stood before its articles stays there, as long as none can be missing between. */
export function renewed<T extends Articled>(shown: T | undefined, fresh: T): T {
  const first = fresh.articles[0]?.n;
  const last = shown?.articles.at(-1)?.n;
  if (!shown || !fresh.earlier || first === undefined || last === undefined || last < first) return fresh;
  const kept = shown.articles.filter(({ n }) => n < first);
  if (kept.length === 0) return fresh;
  return { ...fresh, articles: [...kept, ...fresh.articles], earlier: shown.earlier };
}

/** A ticket with the articles before number `before`, which are those of `page`. */
export function withEarlier<T extends Articled>(shown: T, before: number | undefined, page: T): T {
  // It begins elsewhere by now: what came does not belong there.
  if (shown.articles[0]?.n !== before) return shown;
  return { ...shown, articles: [...page.articles, ...shown.articles], earlier: page.earlier };
}
