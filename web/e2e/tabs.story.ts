import type { Page } from '@playwright/test';
import { expect, expectHeard, test } from './story.ts';

test('Ten tabs of the agent interface share one live connection, and another tab takes it over', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const live = new Map<Page, number>();
  const all: Page[] = [];
  ines.context.on('page', follow);
  follow(ines.page);
  function follow(page: Page): void {
    all.push(page);
    page.on('websocket', (socket) => {
      live.set(page, (live.get(page) ?? 0) + 1);
      socket.on('close', () => live.set(page, (live.get(page) ?? 0) - 1));
    });
    page.on('close', () => live.delete(page));
  }
  const leaders = () => [...live].filter(([, count]) => count > 0).map(([page]) => page);
  const sockets = () => [...live.values()].reduce((sum, count) => sum + count, 0);

  await ines.signIn();
  await Promise.all(
    Array.from({ length: 9 }, async () => {
      const page = await ines.context.newPage();
      await page.goto(ines.address);
    }),
  );
  const isLive = (page: Page) => expect(page.getByRole('banner').getByText('Live', { exact: true })).toBeVisible();
  await Promise.all(all.map(isLive));
  expect(all).toHaveLength(10);
  expect(sockets()).toBe(1);

  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  for (const page of all) await expect(page).toHaveTitle(/^\(1\) /);

  await leaders()[0]!.close();
  const left = all.filter((page) => !page.isClosed());
  await expect.poll(() => sockets()).toBe(1);
  await Promise.all(left.map(isLive));

  const [page = ines.page] = left;
  await page.bringToFront();
  await page
    .getByRole('main')
    .getByRole('button', { name: `Accept ${priya.name}` })
    .click();
  const chat = page.getByRole('region', { name: `Chat with ${priya.name}` });
  await chat.getByRole('textbox', { name: `Message to ${priya.name}` }).fill('There is one at gate 4.');
  await page.keyboard.press('Enter');
  await expectHeard(panel.log, ['Is there a ramp?', 'There is one at gate 4.']);
  for (const other of left)
    await expect(other.getByRole('main').getByRole('button', { name: priya.name })).toBeVisible();
  expect(sockets()).toBe(1);
});
