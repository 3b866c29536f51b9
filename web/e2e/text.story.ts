import type { Frame, Locator, Page } from '@playwright/test';
import { expect, test } from './story.ts';

/** None of it may do anything, and all of it must be read as it was written. */
const MARKUP = '<img src=x onerror="window.struck=1"><script>window.struck=1</script><b>bold</b> &amp; *bold*';
const ADDRESSES =
  'javascript:window.struck=1 data:text/html,<b>x</b> ftp://skerry.example vbscript:x //skerry.example ' +
  'https://skerry.example/fares?from=1&to=2 http://skerry.example/a_(b) mailto:desk@skerry.example';
const LINKS = ['https://skerry.example/fares?from=1&to=2', 'http://skerry.example/a_(b)', 'mailto:desk@skerry.example'];
const NAME = '<b>Priya</b>';

test('Text is text in every view, and only addresses of the web and of mail become links', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  await ines.signIn();
  const priya = await cast.visitor({}, NAME);
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(NAME, MARKUP);
  await panel.say(ADDRESSES);

  await test.step('In the request list and the preview', async () => {
    await ines.chats.click();
    await expect(ines.row(NAME)).toContainText(MARKUP.slice(0, 100));
    await expect(ines.page.getByRole('main')).toContainText(NAME);
    await ines
      .row(NAME)
      .getByRole('button', { name: `Preview the request of ${NAME}` })
      .click();
    await expectPlain(ines.dialog.getByRole('log'));
    await ines.dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  });

  const talk = ines.talk(NAME);
  await test.step('In the chat window, in the panel, in the list of chats', async () => {
    await expectPlain(talk.log);
    await talk.say(MARKUP);
    await expect(panel.log.getByText(MARKUP, { exact: true })).toHaveCount(2);
    await expectPlain(panel.log);
    await expect(ines.page.getByRole('main').getByRole('button', { name: NAME })).toContainText(MARKUP.slice(0, 100));
    await talk.minimise();
    await expect(talk.bar).toContainText(NAME);
    await talk.bar.click();
    await talk.close();
  });

  await test.step('In the archive', async () => {
    await ines.goTo('agent-archive');
    await expect(ines.page.getByRole('main').getByRole('row', { name: NAME })).toContainText(MARKUP.slice(0, 100));
    await ines.page.getByRole('main').getByRole('link', { name: NAME }).click();
    await expectPlain(ines.page.getByRole('main').getByRole('log'));
  });

  for (const place of [ines.page, priya.page, priya.frame!]) expect(await struck(place)).toBe(false);
});

async function expectPlain(log: Locator): Promise<void> {
  await expect(log.getByText(MARKUP).first()).toBeVisible();
  await expect(log).toContainText(ADDRESSES);
  await expect(log.getByRole('img')).toHaveCount(0);
  await expect(log.getByRole('strong')).toHaveCount(0);
  const links = await log.getByRole('link').all();
  expect(await Promise.all(links.map((link) => link.getAttribute('href')))).toEqual(LINKS);
  for (const link of links) await expect(link).toHaveAttribute('rel', /noopener/);
}

function struck(place: Page | Frame): Promise<boolean> {
  return place.evaluate(() => 'struck' in window || document.querySelector('[onerror]') !== null);
}
