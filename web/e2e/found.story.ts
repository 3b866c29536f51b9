/** What an agent looks for is found from anywhere, and what is hers to do is in sight. */
import type { Page } from '@playwright/test';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { expect, seek, test } from './story.ts';

const QUESTION = 'Our second trailer is missing from booking 88-2041.';
const ANSWER = 'It is on the next ferry.';

/** Begins chats in a channel and withdraws them, as from another place. */
function withdraw(page: Page, channel: string, texts: readonly string[]): Promise<void> {
  return page.evaluate(
    async ([name, texts]) => {
      const headers = { 'X-Deskbell-Surface': 'customer', 'Content-Type': 'application/json' };
      const post = async (path: string, content: object) => {
        const body = JSON.stringify({ cid: crypto.randomUUID(), ...content });
        const answer = await fetch(path, { method: 'POST', headers, body });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return (await answer.json()) as { chat: { id: string } };
      };
      const offer = await (await fetch('/api/offer', { headers })).json();
      const { channels } = offer as { channels: { channel: { id: string; name: string } }[] };
      const channel = channels.find((it) => it.channel.name === name)!.channel.id;
      for (const text of texts) {
        const { chat } = await post('/api/chats', { channel, text });
        await post(`/api/chats/${chat.id}/close`, {});
      }
    },
    [channel, texts] as const,
  );
}

/** So many days from today, where all in these stories are, as `2026-11-26`. */
const day = (more: number) =>
  new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Oslo' }).format(Date.now() + more * 86_400_000);

/** The view as most have it, in the dark, and on the smallest screen. */
async function look(page: Page, view: string): Promise<void> {
  await checkByAxe(page, view);
  await shoot(page, view, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await checkByAxe(page, view, 'colours');
  await shoot(page, view, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScrolling(page, view);
  await checkByAxe(page, view);
  await shoot(page, view, 'small');
  if (before) await page.setViewportSize(before);
}

test('Ines replies above the articles, has her tickets at home, and finds chat, ticket and customer by one field', async ({
  cast,
}) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { page, t } = ines;
  const main = page.getByRole('main');
  await expect(main.getByRole('region', { name: t('agent-my-tickets') })).toContainText(t('agent-my-tickets-none'));
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.message.fill(QUESTION);
  await hanne.asking.start.click();
  const talk = await ines.take(hanne.name);
  await talk.say(ANSWER);
  await talk.pick('agent-phone-ticket-of-chat');
  await main.getByLabel('Title').fill('A missing trailer');
  await main.getByLabel('What it is about').fill('She rang about it, too.');
  await main.getByRole('button', { name: t('agent-ticket-make') }).click();
  await expect(main.getByRole('heading', { name: 'A missing trailer', level: 1 })).toBeVisible();

  await talk.putAway();

  await test.step('What is done most often stands above what was written', async () => {
    await main.getByRole('button', { name: t('agent-ticket-move') }).click();
    await expect(main.getByRole('combobox', { name: t('agent-queue') })).toBeFocused();
    await main.getByRole('button', { name: t('agent-note'), exact: true }).click();
    await expect(main.getByRole('textbox', { name: t('agent-note') })).toBeFocused();
    await look(page, 'agent-ticket-note');
    await main.getByRole('button', { name: t('agent-reply'), exact: true }).click();
    const reply = main.getByRole('textbox', { name: t('agent-reply-to', { name: hanne.name }) });
    await expect(reply).toBeFocused();
    await reply.fill('It comes with the 16:40 sailing.');
    await look(page, 'agent-ticket-reply');
    await main.getByRole('button', { name: t('agent-reply-write') }).click();
    const last = main.getByRole('article').last();
    await expect(last).toContainText('16:40');
    await expect(last).toContainText(t('agent-article-visible'));
    // The next one is for agents again.
    await expect(main.getByRole('textbox', { name: t('agent-note') })).toHaveValue('');
  });

  await test.step('Whoever owns a ticket has it at home', async () => {
    await main.getByRole('combobox', { name: t('agent-owner'), exact: true }).selectOption('Ines Vogt');
    await main.getByRole('button', { name: t('agent-save') }).click();
    await expect(main.getByRole('region', { name: 'People' })).toContainText('Ines Vogt');
    await ines.goTo('agent-home');
    const mine = main.getByRole('region', { name: t('agent-my-tickets') });
    await expect(mine.getByRole('row', { name: /A missing trailer/ })).toContainText('Hanne Dahl');
    const own = main.getByRole('region', { name: t('agent-supervisor') });
    await expect(own.getByRole('listitem').filter({ hasText: 'Travel desk' })).toContainText(/1 chat in 24 hours/);
    await look(page, 'agent-home-tickets');
  });

  await test.step('One field finds all of it', async () => {
    await page.keyboard.press('Control+k');
    const field = page.getByRole('searchbox', { name: t('agent-search-all') });
    await expect(field).toBeFocused();
    await field.fill('trailer');
    await field.press('Enter');
    const ticket = main
      .getByRole('region', { name: t('agent-tickets') })
      .getByRole('link', { name: 'A missing trailer' });
    await seek(field, 'trailer', ticket);
    const chats = main.getByRole('region', { name: t('agent-archived-chats') });
    await expect(chats.getByRole('link', { name: hanne.name })).toBeVisible();
    await expect(chats.locator('mark')).toHaveText('trailer');
    await expect(main.getByRole('region', { name: t('agent-customers') })).toContainText(t('agent-customer-not-found'));
    await look(page, 'agent-search');
    await field.fill('hanne');
    const customers = main.getByRole('region', { name: t('agent-customers') });
    await customers.getByRole('link', { name: hanne.name }).click();
    await expect(main.getByRole('heading', { name: hanne.name, level: 1 })).toBeVisible();
    await page.goBack();
    await expect(field).toHaveValue('hanne');
  });
});

test('Ines finds past chats page by page, of one channel, and by the day on which they ended', async ({
  desk,
  cast,
}) => {
  // Nobody may ask for so many.
  await desk.cli('set', 'starts_of_one_per_min', '100');
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { page, t } = ines;
  const main = page.getByRole('main');
  const texts = Array.from({ length: 21 }, (_, n) => `Where is trailer ${String(n + 1).padStart(2, '0')}?`);
  await withdraw(hanne.page, 'Travel desk', texts);
  await withdraw(hanne.page, 'Default', ['Is a trailer a vehicle?']);
  await ines.goTo('agent-archive');
  const search = main.getByRole('searchbox', { name: t('agent-archive-search') });
  const found = main.locator('tbody').getByRole('row');
  const more = main.getByRole('button', { name: t('agent-show-more') });
  const nothing = main.getByText(t('agent-archive-not-found'));

  await test.step('A page of them, then the others, each once', async () => {
    // Who ended last comes into the index last.
    await seek(search, 'vehicle', found.locator('mark').filter({ hasText: 'vehicle' }));
    await search.fill('trailer');
    await expect(found).toHaveCount(20);
    await expect(found.first()).toContainText('vehicle');
    await more.click();
    await expect(found).toHaveCount(22);
    await expect(more).toBeHidden();
    const rows = await found.allInnerTexts();
    for (const text of texts) expect(rows.filter((row) => row.includes(text))).toHaveLength(1);
  });

  await test.step('Those of one channel', async () => {
    const channel = main.getByRole('combobox', { name: t('agent-archive-channel') });
    await channel.selectOption('Default');
    await expect(found).toHaveCount(1);
    await expect(found).toContainText('vehicle');
    await channel.selectOption('Travel desk');
    await expect(found).toHaveCount(20);
    await more.click();
    await expect(found).toHaveCount(21);
    await expect(found.filter({ hasText: 'vehicle' })).toHaveCount(0);
    await channel.selectOption('Default');
    await expect(found).toHaveCount(1);
  });

  await test.step('Those of some days, also without words', async () => {
    const [from, to] = (['from', 'to'] as const).map((end) => main.getByLabel(t('agent-archive-day', { end })));
    await from!.fill(day(1));
    await expect(nothing).toBeVisible();
    await search.fill('');
    await from!.fill(day(0));
    await expect(found).toHaveCount(1);
    await expect(found.getByRole('link', { name: hanne.name })).toBeVisible();
    await expect(found.locator('mark')).toHaveCount(0);
    await from!.fill('');
    await to!.fill(day(-1));
    await expect(nothing).toBeVisible();
    await to!.fill(day(0));
    await expect(found).toHaveCount(1);
    await look(page, 'agent-archive-filtered');
  });
});
