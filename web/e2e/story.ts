/** What every story begins with: the program running for it alone, and people who come to it with browsers of their own. */
import { type Browser, type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { Agent } from './agent.ts';
import { Customer } from './customer.ts';
import { Desk } from './desk.ts';
import { Line } from './line.ts';
import type { Seat } from './person.ts';
import { screen, screened } from './screened.ts';
import { Visitor } from './visitor.ts';
import { type Language, wordsOf } from './words.ts';

export { expect } from '@playwright/test';
export { expectHeard, expectOneOrder, heard } from './person.ts';
export { screened } from './screened.ts';
export { seek } from './seek.ts';

/** Of everybody in the demo. */
const PASSWORD = 'ferry-bell-demo';

const NAMES = {
  ines: 'Ines Vogt',
  maren: 'Maren Holt',
  chidi: 'Chidi Okafor',
  tove: 'Tove Lind',
  hanne: 'Hanne Dahl',
  jonas: 'Jonas Wiebe',
  elin: 'Elin Sandvik',
  priya: 'Priya Raman',
} as const;

/** How somebody's browser is. */
export interface Browsing extends BrowserContextOptions {
  language?: Language;
}

/** Lets the people of the cast sit down at browsers, and sees to it afterwards that none of these complained. */
export class Cast {
  /** Whether shadow roots are open to those who look from outside. */
  openShadows = false;
  #seats: Seat[] = [];

  constructor(
    readonly browser: Browser,
    readonly desk: Desk,
  ) {}

  async agent(login: 'ines' | 'maren' | 'chidi' | 'tove', browsing: Browsing = {}): Promise<Agent> {
    return new Agent(await this.#seat(browsing), NAMES[login], login, PASSWORD, `${this.desk.url}/agent/`);
  }

  /** Priya, on her way to the demo's web page. */
  async visitor(browsing: Browsing = {}, name: string = NAMES.priya): Promise<Visitor> {
    return new Visitor(await this.#seat(browsing), name);
  }

  async customer(login: 'hanne' | 'jonas' | 'elin', browsing: Browsing = {}): Promise<Customer> {
    return new Customer(await this.#seat(browsing), NAMES[login], login, PASSWORD, `${this.desk.url}/portal/`);
  }

  /** What the browsers complained about. */
  get complaints(): string[] {
    return this.#seats.flatMap(({ context }) => screened(context).complaints);
  }

  async goHome(): Promise<void> {
    for (const { context, line } of this.#seats) {
      await context.close();
      line.close();
    }
  }

  async #seat({ language = 'en', ...options }: Browsing): Promise<Seat> {
    const line = await Line.open();
    const context = await this.browser.newContext({
      locale: language === 'de' ? 'de-DE' : 'en-GB',
      timezoneId: 'Europe/Oslo',
      viewport: { width: 1440, height: 900 },
      proxy: line.proxy,
      ...options,
    });
    screen(context);
    if (this.openShadows) await context.addInitScript(openShadows);
    const seat = { page: await context.newPage(), context, line, language, t: wordsOf(language) };
    this.#seats.push(seat);
    return seat;
  }
}

export function openShadows(): void {
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: 'open' });
  };
}

export const test = base.extend<{ demo: boolean; desk: Desk; cast: Cast }>({
  /** Whether the desk begins with the cast of the demo. */
  demo: [true, { option: true }],
  desk: async ({ demo }, use, info) => {
    const desk = await Desk.start(demo);
    await use(desk);
    if (info.status !== info.expectedStatus) await info.attach('what the program said', { body: desk.log });
    await desk.stop();
  },
  cast: async ({ browser, desk }, use) => {
    const cast = new Cast(browser, desk);
    await use(cast);
    const { complaints } = cast;
    await cast.goHome();
    expect(complaints, 'no browser complained').toEqual([]);
  },
});
