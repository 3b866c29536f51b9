/** What an agent looks for is found from anywhere, and what is hers to do is in sight. */
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { readPdf } from './pdf.ts';
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

test('From the archive Ines takes a chat away in every form, with its file, and puts it into another ticket', async ({
  cast,
}) => {
  const ines = await cast.agent('ines');
  const [hanne, jonas] = [await cast.customer('hanne'), await cast.customer('jonas')];
  for (const person of [ines, hanne, jonas]) await person.signIn();
  const { page, dialog, t } = ines;
  const main = page.getByRole('main');
  const note = 'They are regulars: be quick.';
  const plan = {
    name: 'Deck 3.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n% Deck 3\n%%EOF\n'),
  };
  const file = { name: /^Save Deck 3\.pdf/ };
  /** By the menu of the chat on the page. */
  const pick = async (item: string) => {
    await main.getByRole('button', { name: t('agent-chat-menu') }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${t(item)}`) }).click();
  };
  const fillIn = async (title: string) => {
    await main.getByLabel('Title').fill(title);
    await main.getByLabel('What it is about').fill('She rang about it, too.');
    await main.getByRole('button', { name: t('agent-ticket-make') }).click();
    await expect(main.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  };
  await withdraw(jonas.page, 'Default', ['Is a trailer a vehicle?']);
  await ines.goTo('agent-tickets');
  await main.getByRole('button', { name: 'Phone ticket' }).click();
  await main.getByRole('searchbox', { name: 'Name, address or company' }).fill('wiebe');
  await main.getByRole('radio', { name: hanne.name }).check();
  await fillIn('Trailers of Wiebe');
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.message.fill(QUESTION);
  await hanne.asking.start.click();
  const talk = await ines.take(hanne.name);
  await talk.note(note);
  await talk.say(ANSWER);
  await hanne.window.locator('input[type=file]').setInputFiles(plan);
  await expect(talk.log.getByRole('button', file)).toBeVisible();
  await talk.pick('agent-phone-ticket-of-chat');
  await fillIn('A missing trailer');
  const into = await talk.log
    .getByText(/into ticket \d{16}/)
    .first()
    .textContent();
  const number = into!.match(/\d{16}/)![0];
  await talk.putAway();

  await test.step('She finds it by the number of its ticket', async () => {
    await ines.goTo('agent-archive');
    const search = main.getByRole('searchbox', { name: t('agent-archive-search') });
    const found = main.locator('tbody').getByRole('link');
    await expect(async () => {
      await search.fill('vehicle');
      await expect(found).toContainText(jonas.name, { timeout: 1_500 });
      await search.fill(number);
      await expect(found).toContainText(hanne.name, { timeout: 1_500 });
    }).toPass({ timeout: 15_000 });
    await found.click();
    await expect(main.getByRole('heading', { level: 1 })).toContainText(hanne.name);
    await expect(main.getByRole('log')).toContainText(ANSWER);
  });

  for (const is of ['pdf', 'html', 'text', 'json'] as const) {
    await test.step(`As ${is}, with what is for agents only`, async () => {
      await pick('agent-download');
      await dialog.getByRole('radio', { name: t('agent-download-form', { is }) }).check();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: t('agent-download') }).click(),
      ]);
      await expect(dialog).toBeHidden();
      expect(download.suggestedFilename()).toMatch(is === 'text' ? /^chat-.*\.txt$/ : new RegExp(`^chat-.*\\.${is}$`));
      const path = await download.path();
      const said = is === 'pdf' ? await readPdf(path) : await readFile(path, 'utf8');
      for (const text of [QUESTION, ANSWER, note, ines.name, hanne.name]) expect(said).toContain(text);
    });
  }

  await test.step('Its file, byte by byte', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('log').getByRole('button', file).click(),
    ]);
    expect(download.suggestedFilename()).toBe(plan.name);
    expect(await readFile(await download.path())).toEqual(plan.buffer);
  });

  await test.step('Into the other ticket of Hanne', async () => {
    await pick('agent-append');
    await expect(dialog.getByRole('checkbox', { name: t('agent-keep-open') })).toHaveCount(0);
    await dialog.getByRole('radio', { name: 'Trailers of Wiebe' }).check();
    await dialog.getByRole('button', { name: t('agent-append') }).click();
    await expect(dialog).toBeHidden();
    await ines.goTo('agent-tickets');
    await main.getByRole('link', { name: 'Trailers of Wiebe' }).click();
    await expect(main.getByRole('article')).toHaveCount(3);
    await expect(main.getByRole('article').nth(1)).toContainText(ANSWER);
    await expect(main.getByRole('article').nth(2)).toContainText(note);
  });
});
