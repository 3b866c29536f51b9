/** Looking at a view with other eyes: a picture of it for people, and what axe has to say. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { count } from './figures.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Of those the rules that what is light or dark can change. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const screens = join(import.meta.dirname, '../test-results/screens');
/** Of the manual, which has them by day. Written when `MANUAL` is set. */
const manual = join(import.meta.dirname, '../../docs/images');
const MANUAL = [
  'agent-home-waiting',
  'agent-chat',
  'agent-ticket',
  'widget-chat',
  'portal-home',
  'admin-begin',
  'admin-channel',
  'admin-snippet',
  'admin-look',
];

/** Keeps a picture of what is on the page, as `<view>.<as>.png`. */
export async function shoot(page: Page, view: string, as: string): Promise<void> {
  await settled(page);
  await keepPicture(await page.screenshot({ animations: 'disabled', caret: 'initial' }), view, as);
}

export async function keepPicture(picture: Buffer, view: string, as: string): Promise<void> {
  await mkdir(screens, { recursive: true });
  await writeFile(join(screens, `${view}.${as}.png`), picture);
  if (process.env.MANUAL && as === 'light' && MANUAL.includes(view)) {
    await mkdir(manual, { recursive: true });
    await writeFile(join(manual, `${view}.png`), picture);
  }
  count('screenshots');
}

/** Axe finds nothing on this view; looking at `colours` alone nothing that is hard to see. */
export async function checkByAxe(page: Page, view: string, looking?: 'colours'): Promise<void> {
  await settled(page);
  const axe = new AxeBuilder({ page });
  const { violations } = await (looking === 'colours' ? axe.withRules(COLOURS) : axe.withTags(TAGS)).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  at ${target.join(' ')}\n  ${failureSummary}`),
  );
  expect(found, `axe finds nothing on ${view}`).toEqual([]);
  count('views_checked_by_axe');
}

/** Nothing has to be scrolled sideways to be read. */
export async function expectNoSidewaysScrolling(page: Page, view: string): Promise<void> {
  for (const frame of page.frames()) {
    if (frame.isDetached()) continue;
    const beyond = await frame.evaluate(() => {
      const { scrollWidth, clientWidth } = document.scrollingElement ?? document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(beyond, `pixels of ${view} that are beyond the edge of the window`).toBeLessThanOrEqual(0);
  }
}

/** Letters are there and nothing moves: contrast and pictures mean something only then. */
async function settled(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    await frame.evaluate(async () => {
      await document.fonts.ready;
      const moving = document.getAnimations().filter((it) => it.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.all(moving.map((it) => it.finished.catch(() => {})));
    });
  }
}
