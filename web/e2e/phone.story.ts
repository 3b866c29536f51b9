import { expectNoSidewaysScrolling, shoot } from './look.ts';
import { theyMeet } from './meet.ts';
import type { Person } from './person.ts';
import { type Browsing, expect, test } from './story.ts';

const PHONES = [
  { as: 'phone', width: 390, height: 844 },
  { as: 'small-phone', width: 320, height: 640 },
] as const;

for (const { as, width, height } of PHONES) {
  test(`On a phone of ${width} × ${height} the chat is a sheet over everything, and an agent can work`, async ({
    desk,
    cast,
  }) => {
    const phone: Browsing = { viewport: { width, height }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
    const ines = await cast.agent('ines', phone);
    const priya = await cast.visitor(phone);
    await ines.signIn();
    await fits(ines, 'agent-home');
    await priya.visit(desk.site);
    await fits(priya, 'host-page');

    const panel = await priya.open();
    await expect(panel.message).toBeVisible();
    await expect.poll(() => priya.frame!.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
    for (const field of [panel.message, panel.nameField]) {
      const size_px = () => field.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
      await expect.poll(size_px, 'smaller letters make a phone zoom in').toBeGreaterThanOrEqual(16);
    }
    await fits(priya, 'widget-start');
    await expectTargets(priya);
    await priya.frame!.getByRole('button', { name: 'Hide chat' }).click();
    await expect.poll(async () => (await priya.launcher.seen())?.expanded).toBe(false);

    await theyMeet(ines, priya, async (view, person) => {
      await fits(person, view);
      await expectTargets(person);
    });

    await test.step('Menus lie within the window', async () => {
      await ines.page.getByRole('button', { name: `Personalization: ${ines.name}` }).click();
      await withinWindow(ines, 'agent-personal-menu');
      await ines.page.keyboard.press('Escape');
      await ines.page.getByRole('button', { name: /^Chat availability/ }).click();
      await withinWindow(ines, 'agent-availability');
      await ines.page.keyboard.press('Escape');
    });

    async function withinWindow(person: Person, view: string): Promise<void> {
      await expect(person.page.getByRole('menu')).toBeVisible();
      // What it lies in; a long one scrolls there.
      const menu = person.page.getByRole('menu').locator('..');
      const { x = -1, y = -1, width: wide = 0, height: high = 0 } = (await menu.boundingBox()) ?? {};
      expect([x >= 0, y >= 0, x + wide <= width, y + high <= height], view).toEqual([true, true, true, true]);
      await fits(person, view);
    }

    async function fits(person: Person, view: string): Promise<void> {
      await expectNoSidewaysScrolling(person.page, view);
      await shoot(person.page, view, as);
    }
  });
}

test('At 400 % zoom nothing has to be scrolled sideways, and the history can be read', async ({ desk, cast }) => {
  // 1280 × 1024 pixels of a screen at 400 %.
  const zoomed: Browsing = { viewport: { width: 320, height: 256 } };
  const ines = await cast.agent('ines', zoomed);
  const priya = await cast.visitor(zoomed);
  await ines.signIn();
  await priya.visit(desk.site);
  await theyMeet(ines, priya, async (view, person) => {
    await expectNoSidewaysScrolling(person.page, view);
    const log = (person === priya ? priya.frame! : ines.page).getByRole('log');
    for (const box of await log.all()) {
      await expect.poll(async () => (await box.boundingBox())?.height, view).toBeGreaterThanOrEqual(96);
    }
    await shoot(person.page, view, 'zoom');
  });
});

test('Whatever floats is seen only once it has its place, also when it is shut and opened in one go', async ({
  cast,
}) => {
  const ines = await cast.agent('ines', { viewport: { width: 320, height: 640 } });
  await ines.signIn();
  const panels = await ines.page.locator('[popover]').all();
  expect(panels.length).toBeGreaterThanOrEqual(3);
  for (const panel of panels) {
    const atFirst = await panel.evaluate((element: HTMLElement) => {
      element.showPopover();
      return getComputedStyle(element).visibility;
    });
    expect(atFirst).toBe('hidden');
    await expect(panel).toBeVisible();
    await panel.evaluate((element: HTMLElement) => {
      element.hidePopover();
      element.showPopover();
    });
    await expect(panel).toBeVisible();
    await expect(panel).toBeInViewport({ ratio: 1 });
    await panel.evaluate((element: HTMLElement) => element.hidePopover());
    await expect(panel).toBeHidden();
  }
});

/** Fingers are broad: 44 pixels, or 24 where it stands in a line of text (WCAG 2.5.5, 2.5.8). */
async function expectTargets({ page }: Person): Promise<void> {
  // The page of the ferry company is not ours.
  for (const frame of page.frames().filter((it) => !it.url().startsWith('http://127.0.0.1'))) {
    const small = () =>
      frame.evaluate(() =>
        [...document.querySelectorAll('button, a[href], input, textarea, [role^="menuitem"]')].flatMap((element) => {
          const label = element instanceof HTMLInputElement ? element.closest('label') : null;
          const { width, height } = (label ?? element).getBoundingClientRect();
          if (width < 2 || height < 2 || !element.checkVisibility({ visibilityProperty: true })) return [];
          return width >= 24 && height >= 24 ? [] : [`${element.outerHTML.slice(0, 120)}: ${width} × ${height}`];
        }),
      );
    await expect.poll(small, 'targets of less than 24 pixels').toEqual([]);
  }
}
