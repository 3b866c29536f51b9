import { expect, type Locator, type Page } from '@playwright/test';
import { Asking } from './visitor.ts';

/** Somebody's page with a snippet on it, as administrators see it, and the panel that its launcher opens. */
export class Preview {
  constructor(
    readonly page: Page,
    readonly frame: Locator,
    readonly t: Asking['t'],
  ) {}

  /** Until the launcher is there; it lives in a closed shadow root. */
  async isThere(): Promise<void> {
    await expect(this.frame.contentFrame().locator('deskbell-chat')).toBeAttached();
  }

  /** Rings in the corner where lines end. */
  async open(): Promise<Asking> {
    await this.isThere();
    await this.frame.scrollIntoViewIfNeeded();
    const { width, height } = (await this.frame.boundingBox())!;
    await this.frame.click({ position: { x: width - 60, y: height - 48 } });
    const panel = () => this.page.frames().find((frame) => frame.url().includes('/preview/frame/'));
    await expect.poll(panel, 'the panel is there').toBeDefined();
    return new Asking(panel()!, this.t);
  }
}
