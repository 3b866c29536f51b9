import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { Line } from './line.ts';
import { screened } from './screened.ts';
import type { Language, Words } from './words.ts';

/** Somebody with a browser of his own. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly language: Language;
  /** The words of his language. */
  readonly t: Words;
  /** His way to the network. */
  readonly line: Line;

  constructor(seat: Seat, name: string) {
    this.name = name;
    this.page = seat.page;
    this.context = seat.context;
    this.language = seat.language;
    this.t = seat.t;
    this.line = seat.line;
  }

  /** His train enters a tunnel: what is open breaks off, and nothing new gets through. */
  async loseNetwork(): Promise<void> {
    screened(this.context).expectTrouble();
    this.line.cut();
    await this.context.setOffline(true);
  }

  async regainNetwork(): Promise<void> {
    this.line.mend();
    await this.context.setOffline(false);
  }
}

export interface Seat {
  page: Page;
  context: BrowserContext;
  language: Language;
  t: Words;
  line: Line;
}

/** What of `said` stands in a history, in its order there and as often as it stands there. */
export async function heard(log: Locator, said: readonly string[]): Promise<string[]> {
  const rows = await log.getByRole('listitem').allInnerTexts();
  return rows.flatMap((row) => row.split('\n').filter((text) => said.includes(text.trim()))).map((text) => text.trim());
}

/** Waits until exactly `said` stands in the history, in this order. */
export async function expectHeard(log: Locator, said: readonly string[]): Promise<void> {
  await expect.poll(() => heard(log, said), { timeout: 20_000 }).toEqual(said);
}

/** What `writer`s said stands in both histories in the same order, nothing lost and nothing twice, each writer's own in his order. */
export async function expectOneOrder(logs: readonly Locator[], writers: readonly string[][]): Promise<void> {
  const all = writers.flat();
  for (const log of logs) {
    await expect.poll(async () => (await heard(log, all)).sort(), { timeout: 30_000 }).toEqual([...all].sort());
  }
  const orders = await Promise.all(logs.map((log) => heard(log, all)));
  for (const order of orders) expect(order).toEqual(orders[0]);
  for (const own of writers) expect(orders[0]!.filter((text) => own.includes(text))).toEqual(own);
}
