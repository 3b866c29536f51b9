import { expect } from '@playwright/test';
import { ENTER, type WebDriver } from './webdriver.ts';
import type { Words } from './words.ts';

/** A visitor whose browser is driven by WebDriver: what `Visitor` and `Asking` are where Playwright drives. */
export class DrivenVisitor {
  constructor(
    readonly browser: WebDriver,
    readonly name: string,
    readonly t: Words,
  ) {}

  async visit(address: string): Promise<void> {
    await this.browser.goTo(address);
  }

  /** Comes back to a panel that was open before. */
  async reload(): Promise<void> {
    await this.browser.reload();
    await this.lookAtPanel();
  }

  /** Opens the chat by its button. */
  async open(): Promise<void> {
    await soon(async () => this.browser.click(await this.browser.find('button', await this.#widget())));
    await this.lookAtPanel();
  }

  /** Reads and writes in the panel from here on, which is open. */
  async lookAtPanel(): Promise<void> {
    await soon(async () => {
      await this.browser.enter(null);
      await this.browser.enter(await this.browser.find('iframe', await this.#widget()));
      await this.browser.find('.panel');
    });
  }

  async begin(text: string): Promise<void> {
    await this.#type('widget-message', text);
    await this.#type('widget-name', this.name);
    await this.press('widget-start');
    await this.hears([text]);
  }

  async say(text: string): Promise<void> {
    await this.#type('widget-write', text + ENTER);
  }

  /** Waits until `said` stands in the history, each once and in this order. */
  async hears(said: readonly string[]): Promise<void> {
    await soon(async () => {
      const log = await this.browser.named('[role=log]', this.t('widget-log'));
      const lines = (await this.browser.text(log)).split('\n').map((line) => line.trim());
      expect(lines.filter((line) => said.includes(line))).toEqual(said);
    });
  }

  /** Waits until this text is on the panel. */
  async reads(text: string): Promise<void> {
    await soon(async () => expect(await this.browser.text(await this.browser.find('.panel'))).toContain(text));
  }

  async press(button: string): Promise<void> {
    await soon(async () => {
      const found = await this.browser.named('button', this.t(button));
      expect(await this.browser.isEnabled(found)).toBe(true);
      await this.browser.click(found);
    });
  }

  /** The window, with the panel open in it. Firefox takes none from within a frame of another site. */
  async picture(): Promise<Buffer> {
    await this.browser.enter(null);
    const picture = await this.browser.screenshot();
    await this.lookAtPanel();
    return picture;
  }

  /** WebKit lets no field of a frame have the focus before somebody has clicked there. */
  async #type(field: string, text: string): Promise<void> {
    let found = '';
    await soon(async () => {
      found = await this.browser.named('textarea, input', this.t(field));
      await this.browser.click(found);
    });
    await this.browser.type(found, text);
  }

  async #widget(): Promise<string> {
    return this.browser.shadowRoot(await this.browser.find('deskbell-chat'));
  }
}

async function soon(step: () => Promise<unknown>): Promise<void> {
  await expect(step).toPass({ timeout: 20_000, intervals: [50, 100, 250] });
}
