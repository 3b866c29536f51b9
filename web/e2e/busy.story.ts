import type { Locator } from '@playwright/test';
import { checkByAxe, shoot } from './look.ts';
import { type Cast, expect, test } from './story.ts';
import type { Asking } from './visitor.ts';

test('On a busy desk several chats stand beside each other, and a list keeps still under the pointer', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines', { viewport: { width: 1600, height: 1000 } });
  const { page } = ines;
  await ines.signIn();
  const jonas = await fromPortal(cast, 'jonas', 'The gate at lane 2 does not open.');
  const first = await ines.take('Jonas Wiebe');
  const elin = await fromPortal(cast, 'elin', 'Could my refund go back to the same card?');
  const second = await ines.take('Elin Sandvik');

  await test.step('Two windows are open, each with its own draft', async () => {
    await expect(first.window).toBeVisible();
    await expect(second.window).toBeVisible();
    await first.say('I have opened gate 4 by hand. Please drive to lane 4.');
    await jonas.say('He is through. Thank you!');
    await second.say('Sorry about that, Elin. I can see the booking. Was it 88-1973?');
    await elin.say('Yes, that one.');
    await second.note('Refund is approved, 3 to 5 days.');
    await second.composer.fill('Yes, it goes back to the same card. You should');
    await expect(first.log).toContainText('He is through.');
    await expect(second.log).toContainText('Yes, that one.');
  });

  await test.step('Two wait, and a third one does not push them about', async () => {
    await visits(cast, desk.site, 'Priya Raman', 'Is the 16:40 sailing still running with this wind?');
    await visits(cast, desk.site, 'Anonymous 214', 'Do I need to reserve a place for my bike?');
    await expect(ines.chats).toHaveAccessibleName('Chats 2 people waiting');
    await ines.chats.click();
    const rows = ines.requests.getByRole('row');
    await expect(rows).toHaveCount(3);
    await ines.row('Anonymous 214').hover();
    const before = await middle(ines.accept('Anonymous 214'));
    await visits(cast, desk.site, 'Mei Tanaka', 'Did you find a child seat on car deck 3?');
    const newer = ines.requests.getByRole('button', { name: 'new: show it' });
    await expect(newer).toBeVisible();
    await expect(rows).toHaveCount(3);
    expect(await middle(ines.accept('Anonymous 214'))).toEqual(before);
    await newer.click();
    await expect(rows).toHaveCount(4);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await checkByAxe(page, `a busy desk, ${colorScheme}`);
    await shoot(page, 'agent-busy', colorScheme);
  }
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1280, height: 800 });
  await checkByAxe(page, 'a busy desk with the chats in a column');
  await shoot(page, 'agent-busy', 'column');
  await expect(second.composer).toHaveValue('Yes, it goes back to the same card. You should');
});

async function fromPortal(cast: Cast, login: 'jonas' | 'elin', text: string): Promise<Asking> {
  const customer = await cast.customer(login);
  await customer.signIn();
  await expect(customer.page.getByText('There are none yet.')).toBeVisible();
  await customer.corner.click();
  await customer.asking.message.fill(text);
  await customer.channel('Default').check();
  await customer.asking.start.click();
  await expect(customer.asking.composer).toBeVisible();
  return customer.asking;
}

async function visits(cast: Cast, site: string, name: string, text: string): Promise<void> {
  const visitor = await cast.visitor({}, name);
  await visitor.visit(site);
  await (await visitor.open()).begin(name, text);
}

async function middle(target: Locator): Promise<{ x: number; y: number } | undefined> {
  const box = await target.boundingBox();
  return box === null ? undefined : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
