/** Every view with the eyes of axe, of somebody who likes it dark, of German readers, of those who read from the right. */
import type { Page } from '@playwright/test';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { dataOf, expectOnly } from './reading.ts';
import { test } from './story.ts';
import { WRITTEN, walk } from './walk.ts';

const SIZES = [
  { as: 'phone', width: 390, height: 844 },
  { as: '320', width: 320, height: 640 },
];

test('Axe finds nothing on any view, light or dark, and none needs sideways scrolling at 320 pixels', async ({
  desk,
  cast,
}) => {
  test.setTimeout(600_000);
  // Axe cannot look into a closed shadow root either; here the launcher's is an open one.
  cast.openShadows = true;
  await walk(desk, cast, async (view, page) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // What else axe looks at is the same in the dark.
      await checkByAxe(page, `${view}, ${colorScheme}`, colorScheme === 'dark' ? 'colours' : undefined);
      await shoot(page, view, colorScheme);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await inAllSizes(view, page);
  });
});

test('Everything speaks German, and German fits', async ({ desk, cast }) => {
  test.setTimeout(300_000);
  const data = dataOf('de', WRITTEN);
  await walk(
    desk,
    cast,
    async (view, page) => {
      await expectOnly('de', page, view, data);
      await expectNoSidewaysScrolling(page, view);
      await shoot(page, view, 'german');
    },
    { site: '/de', language: 'de' },
  );
});

test('Everything reads from right to left', async ({ desk, cast }) => {
  test.setTimeout(300_000);
  await walk(
    desk,
    cast,
    async (view, page) => {
      // No language that is written so has a file yet; the page is turned as such a file would turn it.
      if (page.url().startsWith(desk.url))
        await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
      await expectNoSidewaysScrolling(page, view);
      await shoot(page, view, 'rtl');
    },
    { site: '/rtl' },
  );
});

async function inAllSizes(view: string, page: Page): Promise<void> {
  const before = page.viewportSize()!;
  for (const { as, ...size } of SIZES) {
    await page.setViewportSize(size);
    await expectNoSidewaysScrolling(page, `${view} at ${size.width} pixels`);
    await shoot(page, view, as);
  }
  await page.setViewportSize(before);
}
