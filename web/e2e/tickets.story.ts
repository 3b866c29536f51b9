/** What was said ends in tickets, for agents and for those they talk with. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { checkByAxe, shoot } from './look.ts';
import { readPdf } from './pdf.ts';
import { expect, screened, seek, test } from './story.ts';
import { ANSWER, NOTE, phoneTicket, QUESTION, theyTalk } from './ticketing.ts';

/** Closes the ticket that the page shows, as from another place. */
function closeTicket(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const headers = { 'X-Deskbell-Surface': 'agent', 'Content-Type': 'application/json' };
    const ticket = `/api/tickets/${location.pathname.split('/').at(-1)}`;
    const { version } = (await (await fetch(ticket, { headers })).json()) as { version: number };
    const body = JSON.stringify({ version, state: 'closed_successful' });
    return (await fetch(`${ticket}/change`, { method: 'POST', headers, body })).status;
  });
}

test('A chat becomes a phone ticket, then closes, and is found in it', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await theyTalk(ines, hanne);
  const { page } = ines;
  const main = page.getByRole('main');

  await test.step('Ines makes a phone ticket of it', async () => {
    await ines.talk(hanne.name).pick('agent-phone-ticket-of-chat');
    await expect(main.getByRole('radio', { name: hanne.name })).toBeChecked();
    await expect(main.getByRole('log')).toContainText(QUESTION);
    await main.getByRole('button', { name: 'Create ticket' }).click();
    await expect(main.getByRole('alert')).toHaveText('Say what it is about.');
    await main.getByLabel('Title').fill('A missing trailer');
    await main.getByLabel('What it is about').fill('She rang about it, too.');
    await main.getByRole('combobox', { name: 'Type' }).selectOption('Problem');
    await main.getByRole('button', { name: 'Create ticket' }).click();
    await expect(main.getByRole('heading', { name: 'A missing trailer', level: 1 })).toBeVisible();
    await expect(main.getByRole('combobox', { name: 'Type' })).toHaveValue('problem');
  });

  await test.step('It holds what was said, and apart from it what is for agents only', async () => {
    const articles = main.getByRole('article');
    await expect(articles).toHaveCount(3);
    await expect(articles.nth(0).getByRole('heading')).toHaveText(ines.name);
    await expect(articles.nth(1).getByRole('heading')).toHaveText(`Chat with ${hanne.name}`);
    await expect(articles.nth(1)).toContainText(ANSWER);
    await expect(articles.nth(1)).not.toContainText(NOTE);
    await expect(articles.nth(2)).toContainText(NOTE);
    await expect(hanne.window.getByText(hanne.t('widget-closed', { reason: 'by_agent' }))).toBeVisible();
    await articles.nth(1).getByRole('link', { name: 'Open the archived chat' }).click();
    await expect(main.getByRole('log')).toContainText(ANSWER);
  });

  await test.step('She finds it by what was said, gives it to Maren, and the history tells so', async () => {
    await ines.goTo('agent-tickets');
    const found = main.getByRole('link', { name: 'A missing trailer' });
    await seek(main.getByRole('searchbox', { name: 'Search in tickets' }), 'next ferry', found);
    await found.click();
    await main.getByRole('combobox', { name: 'Owner', exact: true }).selectOption('Maren Holt');
    await main.getByRole('combobox', { name: 'Priority' }).selectOption('very high');
    await main.getByRole('button', { name: 'Save' }).click();
    await expect(main.getByRole('region', { name: 'People' })).toContainText('Maren Holt');
    await main.getByText('History', { exact: true }).click();
    await expect(main.getByText('Ines Vogt made Maren Holt the owner, before: –')).toBeVisible();
    await main.getByRole('textbox', { name: 'Note' }).fill('I call her tomorrow.');
    await main.getByRole('button', { name: 'Add note' }).click();
    await expect(main.getByRole('article')).toHaveCount(4);
  });
});

test('A closed chat goes into a ticket that is there, and is kept in every form', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { page, dialog } = ines;
  const main = page.getByRole('main');
  await phoneTicket(ines, hanne, 'Trailers of Wiebe');
  await theyTalk(ines, hanne);
  const talk = ines.talk(hanne.name);
  await talk.close();

  for (const is of ['pdf', 'html', 'text', 'json'] as const) {
    await test.step(`As ${is}, with what is for agents only`, async () => {
      await talk.pick('agent-download');
      await dialog.getByRole('radio', { name: ines.t('agent-download-form', { is }) }).check();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: ines.t('agent-download') }).click(),
      ]);
      await expect(dialog).toBeHidden();
      expect(download.suggestedFilename()).toMatch(is === 'text' ? /^chat-.*\.txt$/ : new RegExp(`^chat-.*\\.${is}$`));
      const path = await download.path();
      const said = is === 'pdf' ? await readPdf(path) : await readFile(path, 'utf8');
      for (const text of [QUESTION, ANSWER, NOTE, ines.name, hanne.name, 'Wiebe Freight']) expect(said).toContain(text);
    });
  }

  await test.step('Into the ticket', async () => {
    await talk.pick('agent-append');
    await dialog.getByRole('button', { name: 'Append to ticket' }).click();
    await expect(dialog.getByRole('alert')).toHaveText('Choose a ticket first.');
    await expect(dialog.getByRole('checkbox', { name: 'Keep the chat open' })).toHaveCount(0);
    await seek(dialog.getByRole('searchbox'), 'wiebe', dialog.getByRole('radio', { name: 'Trailers of Wiebe' }));
    await dialog.getByRole('radio', { name: 'Trailers of Wiebe' }).check();
    const append = dialog.getByRole('button', { name: 'Append to ticket' });
    await dialog.getByRole('checkbox', { name: 'Only a part of it' }).check();
    await dialog.getByRole('button', { name: 'Choose none' }).click();
    await append.click();
    await expect(dialog.getByRole('alert')).toHaveText('Choose at least one message, or take the whole chat.');
    for (const text of [ANSWER, NOTE]) await dialog.getByRole('checkbox', { name: text }).check();
    await expect(dialog.getByText('2 messages go into the ticket.')).toBeVisible();
    await shoot(page, 'agent-append-part', 'light');
    await checkByAxe(page, 'a part of a chat for a ticket');
    await append.click();
    await expect(dialog).toBeHidden();
    await expect(main.getByRole('article')).toHaveCount(3);
    await expect(main.getByRole('article').nth(1)).toContainText(ANSWER);
    await expect(main.getByText(QUESTION)).toHaveCount(0);
    await expect(talk.log).toContainText('into ticket');
  });
});

test('An open chat goes into a ticket and goes on, also when the ticket takes no more', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { page, dialog } = ines;
  const main = page.getByRole('main');
  await phoneTicket(ines, hanne, 'Trailers of Wiebe');
  await theyTalk(ines, hanne);
  const talk = ines.talk(hanne.name);
  const append = dialog.getByRole('button', { name: 'Append to ticket' });

  await test.step('It is in the ticket, and stays open', async () => {
    await talk.pick('agent-append');
    await dialog.getByRole('radio', { name: 'Trailers of Wiebe' }).check();
    await dialog.getByRole('checkbox', { name: 'Keep the chat open' }).check();
    await expect(dialog.getByText('Then the chat closes.')).toHaveCount(0);
    await append.click();
    await expect(dialog).toBeHidden();
    await expect(main.getByRole('article')).toHaveCount(3);
    await expect(main.getByRole('article').nth(1)).toContainText(ANSWER);
    await expect(talk.log).toContainText('into ticket');
    await talk.say('It stands on deck 3.');
    await expect(hanne.window.getByText('It stands on deck 3.')).toBeVisible();
  });

  await test.step('The ticket is closed meanwhile: Ines reads why nothing happened, and they go on', async () => {
    await talk.pick('agent-append');
    await dialog.getByRole('radio', { name: 'Trailers of Wiebe' }).check();
    expect(await closeTicket(page)).toBe(200);
    screened(page.context()).expectRefusal(409);
    await append.click();
    await expect(dialog.getByRole('alert')).toHaveText(ines.t('problem-ticket_closed'));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await talk.say('Ask for me at the ramp.');
    await expect(hanne.window.getByText('Ask for me at the ramp.')).toBeVisible();
    await expect(main.getByRole('article')).toHaveCount(3);
  });
});

test('Nobody is there: Priya leaves a message, and Ines finds it as a ticket', async ({ desk, cast }) => {
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.message.fill('Do I need to reserve a place for my bike?');
  await panel.nameField.fill(priya.name);
  await panel.leave.click();
  const told = priya.frame!.getByText(/it has the ticket number \d{16}/);
  await expect(told).toBeVisible();
  const number = (await told.textContent())?.match(/\d{16}/)?.[0] ?? '';
  const ines = await cast.agent('ines');
  await ines.signIn();
  await ines.goTo('agent-tickets');
  const main = ines.page.getByRole('main');
  const found = main.getByRole('link', { name: 'Do I need to reserve a place for my bike?' });
  await seek(main.getByRole('searchbox', { name: 'Search in tickets' }), number, found);
  await found.click();
  await expect(main.getByRole('article')).toContainText('Priya Raman');
});

test('Hanne makes a ticket of her chat, writes more, and reads what is meant for her', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await theyTalk(ines, hanne);
  await ines.talk(hanne.name).close();
  const { page, t } = hanne;
  const main = page.getByRole('main');

  await test.step('She takes it away as a PDF', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      hanne.window.getByRole('button', { name: t('widget-pdf') }).click(),
    ]);
    const said = await readPdf(await download.path());
    for (const text of [QUESTION, ANSWER, ines.name, hanne.name]) expect(said).toContain(text);
    expect(said).not.toContain(NOTE);
    expect(said).not.toContain(ines.t('transcript-for-agents'));
  });

  await test.step('She makes a ticket of it', async () => {
    await hanne.window.getByRole('button', { name: t('customer-ticket-of-chat') }).click();
    await page.getByRole('dialog').getByLabel(t('customer-ticket-text')).fill('Please tell me when it comes.');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('customer-ticket-make') })
      .click();
    await hanne.window.getByRole('link', { name: t('customer-ticket-show') }).click();
    await expect(main.getByText(ANSWER)).toBeVisible();
    await expect(main.getByText(NOTE)).toBeHidden();
  });

  await test.step('She writes more, with a file, and Ines reads both', async () => {
    await main.getByRole('textbox').fill('It came.');
    const chosen = { name: 'ramp.txt', mimeType: 'text/plain', buffer: Buffer.from('Two metres') };
    await main.locator('input[type=file]').setInputFiles([chosen, { ...chosen, name: 'not this one.txt' }]);
    await main.getByRole('button', { name: t('attached-remove', { name: 'not this one.txt' }) }).click();
    await shoot(page, 'portal-attach', 'light');
    await checkByAxe(page, 'files for an article');
    await main.getByRole('button', { name: t('chat-send') }).click();
    await expect(main.getByText('It came.')).toBeVisible();
    await ines.goTo('agent-tickets');
    const desk = ines.page.getByRole('main');
    const found = desk.getByRole('row', { name: hanne.name }).getByRole('link');
    await seek(desk.getByRole('searchbox', { name: 'Search in tickets' }), 'dahl', found);
    await found.click();
    await expect(desk.getByText('It came.')).toBeVisible();
    for (const [reader, place] of [
      [ines.page, desk],
      [page, main],
    ] as const) {
      await expect(place.getByRole('list', { name: 'Attached files' }).getByRole('button')).toHaveCount(1);
      const [download] = await Promise.all([
        reader.waitForEvent('download'),
        place.getByRole('button', { name: /ramp\.txt/ }).click(),
      ]);
      expect(await readFile(await download.path(), 'utf8')).toBe('Two metres');
    }
  });

  await test.step('A file that does not get there can be sent again, and the text is there once', async () => {
    const desk = ines.page.getByRole('main');
    screened(ines.page.context()).expectTrouble();
    await ines.page.context().route('**/files?*', (route) => route.abort());
    await desk.getByRole('textbox', { name: 'Note' }).fill('The plan.');
    await desk
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Of the deck') });
    await desk.getByRole('button', { name: 'Add note' }).click();
    await expect(desk.getByRole('alert')).toContainText('Not all files are attached.');
    await expect(desk.getByText('The plan.')).toHaveCount(1);
    await ines.page.context().unroute('**/files?*');
    await desk.getByRole('button', { name: 'Try again' }).click();
    await expect(desk.getByRole('button', { name: /plan\.txt/ })).toBeVisible();
    await expect(desk.getByText('The plan.')).toHaveCount(1);
    await shoot(ines.page, 'agent-attached', 'light');
    await checkByAxe(ines.page, 'a ticket with files');
  });
});

test('Hanne chats about a ticket of hers, and what was said comes back into it', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { page, t } = hanne;
  const main = page.getByRole('main');
  const desk = ines.page.getByRole('main');
  for (const title of ['Trailers of Wiebe', 'A reservation']) await phoneTicket(ines, hanne, title, 'Travel');
  await ines.goTo('agent-tickets');

  let number = '';
  await test.step('She begins from the ticket', async () => {
    await page.goto(`${hanne.address}tickets`);
    await main.getByRole('link', { name: 'Trailers of Wiebe' }).click();
    number = (await main.getByText(/\d{16}/).textContent())?.match(/\d{16}/)?.[0] ?? '';
    await main.getByRole('button', { name: t('customer-ticket-chat-about') }).click();
    await expect(hanne.window.getByText(t('customer-about-ticket', { number }))).toBeVisible();
    await expect(hanne.window.getByRole('radio')).toHaveCount(0);
    await expect(hanne.asking.message).toBeFocused();
    await hanne.asking.message.fill(QUESTION);
    await shoot(page, 'portal-about-ticket', 'light');
    await hanne.asking.start.click();
    await expect(hanne.asking.log).toContainText(QUESTION);
  });

  await test.step('Ines sees what it is about, in the list and in the chat', async () => {
    await ines.chats.click();
    await expect(ines.row(hanne.name).getByRole('link', { name: number })).toBeVisible();
    await shoot(ines.page, 'agent-request-of-ticket', 'light');
    await ines.accept(hanne.name).click();
    const talk = ines.talk(hanne.name);
    await talk.say(ANSWER);
    await talk.window.getByRole('button', { name: hanne.name }).first().click();
    await talk.window.getByRole('link', { name: number }).click();
    await expect(desk.getByRole('heading', { name: 'Trailers of Wiebe', level: 1 })).toBeVisible();
    await shoot(ines.page, 'agent-chat-of-ticket', 'light');
  });

  await test.step('Its ticket is the first that Ines could append it to', async () => {
    await ines.talk(hanne.name).pick('agent-append');
    await expect(ines.dialog.getByRole('radio')).toHaveCount(2);
    await expect(ines.dialog.getByRole('radio').first()).toHaveAccessibleName(/Trailers of Wiebe/);
    await ines.page.keyboard.press('Escape');
    await ines.talk(hanne.name).close();
    await ines.talk(hanne.name).putAway();
  });

  await test.step('Hanne puts it there herself', async () => {
    await hanne.window.getByRole('button', { name: t('customer-ticket-add-chat', { number }) }).click();
    await expect(hanne.window.getByText(t('customer-ticket-has-chat', { number }))).toBeVisible();
    await shoot(page, 'portal-chat-in-ticket', 'light');
    await hanne.window.getByRole('link', { name: t('customer-ticket-show') }).click();
    await expect(main.getByText(ANSWER)).toBeVisible();
  });

  await test.step('Ines asks Hanne about it from the ticket', async () => {
    await desk.getByRole('region', { name: 'Customer' }).getByRole('button', { name: /chat/i }).click();
    await expect(ines.dialog).toContainText(number);
    await ines.dialog.getByRole('textbox').fill('It has arrived.');
    await ines.dialog.getByRole('button', { name: 'Create' }).click();
    await expect(ines.talk(hanne.name).log).toContainText('It has arrived.');
  });
});
