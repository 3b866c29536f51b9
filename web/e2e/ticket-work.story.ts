/** What agents do with tickets, and who reads them. */
import type { Page } from '@playwright/test';
import type { Customer } from './customer.ts';
import { checkByAxe, shoot } from './look.ts';
import { expect, screened, test } from './story.ts';
import { ANSWER, NOTE, phoneTicket, QUESTION, theyTalk } from './ticketing.ts';

/** Makes tickets in a queue, as from another place. */
function makeTickets(page: Page, queue: string, titles: readonly string[], more: object = {}): Promise<void> {
  return page.evaluate(
    async ([name, titles, more]) => {
      const headers = { 'X-Deskbell-Surface': 'agent', 'Content-Type': 'application/json' };
      const { queues } = (await (await fetch('/api/queues', { headers })).json()) as {
        queues: { queue: { id: string; name: string } }[];
      };
      const queue = queues.find((it) => it.queue.name === name)!.queue.id;
      for (const title of titles) {
        const body = JSON.stringify({ cid: crypto.randomUUID(), title, text: 'By phone.', queue, ...more });
        const answer = await fetch('/api/tickets', { method: 'POST', headers, body });
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      }
    },
    [queue, titles, more] as const,
  );
}

test('Ines finds tickets page by page, of one queue, in one state, and by who owns them', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  const { page, t } = ines;
  const main = page.getByRole('main');
  await phoneTicket(ines, hanne, 'A ramp for Wiebe', 'Travel');
  await main.getByRole('combobox', { name: t('agent-owner'), exact: true }).selectOption(ines.name);
  await main.getByRole('button', { name: t('agent-save') }).click();
  await expect(main.getByRole('region', { name: t('agent-people') })).toContainText(ines.name);
  const titles = Array.from({ length: 26 }, (_, n) => `Trailer ${String(n + 1).padStart(2, '0')}`);
  await makeTickets(page, 'Travel', titles);
  await makeTickets(page, 'Misc', ['A lost glove']);
  await makeTickets(page, 'Travel', ['An old reservation'], { state: 'closed_successful' });
  await ines.goTo('agent-tickets');
  const found = main.locator('tbody').getByRole('row');
  const more = main.getByRole('button', { name: t('agent-show-more') });
  const [queue, state, owner] = [t('agent-queue'), t('agent-state'), t('agent-owner')].map((name) =>
    main.getByRole('combobox', { name, exact: true }),
  );

  await test.step('A page of those not closed, then the others, each once', async () => {
    await expect(found).toHaveCount(25);
    await more.click();
    await expect(found).toHaveCount(28);
    await expect(more).toBeHidden();
    const rows = await found.allInnerTexts();
    for (const title of [...titles, 'A lost glove', 'A ramp for Wiebe'])
      expect(rows.filter((row) => row.includes(title))).toHaveLength(1);
  });

  await test.step('Those of one queue', async () => {
    await queue!.selectOption('Misc');
    await expect(found).toHaveCount(1);
    await expect(found).toContainText('A lost glove');
    await queue!.selectOption('Travel');
    await expect(found).toHaveCount(25);
    await more.click();
    await expect(found).toHaveCount(27);
  });

  await test.step('Those in one state', async () => {
    await state!.selectOption('closed_successful');
    await expect(found).toHaveCount(1);
    await expect(found).toContainText('An old reservation');
    await state!.selectOption('pending_reminder');
    await expect(main.getByText(t('agent-tickets-none'))).toBeVisible();
    await state!.selectOption('all');
    await expect(found).toHaveCount(25);
    await more.click();
    await expect(found).toHaveCount(28);
    await state!.selectOption('open');
  });

  await test.step('Those of hers, and those of nobody', async () => {
    await owner!.selectOption('me');
    await expect(found).toHaveCount(1);
    await expect(found).toContainText('A ramp for Wiebe');
    await owner!.selectOption('nobody');
    await expect(found).toHaveCount(25);
    await more.click();
    await expect(found).toHaveCount(26);
    await expect(found.filter({ hasText: 'A ramp for Wiebe' })).toHaveCount(0);
    await checkByAxe(page, 'agent-tickets-filtered');
    await shoot(page, 'agent-tickets-filtered', 'light');
  });
});

test('Ines changes all that a ticket is at once: it is kept, and the history tells each', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  const { page, t } = ines;
  const main = page.getByRole('main');
  await phoneTicket(ines, hanne, 'Trailers of Wiebe', 'Travel');
  const choice = (id: string) => main.getByRole('combobox', { name: t(id), exact: true });
  const title = main.getByRole('textbox', { name: t('agent-title'), exact: true });
  const until = main.getByLabel(t('agent-pending-until'), { exact: true });
  const locked = main.getByRole('checkbox', { name: t('agent-locked') });
  const save = main.getByRole('button', { name: t('agent-save') });
  const day = `${new Date().getFullYear() + 1}-03-01T09:00`;

  await test.step('A ticket that waits needs to be told until when', async () => {
    await title.fill('Three trailers of Wiebe');
    await choice('agent-queue').selectOption('Misc');
    await choice('agent-priority').selectOption('4');
    await choice('agent-responsible').selectOption('Maren Holt');
    await locked.check();
    await choice('agent-state').selectOption('pending_reminder');
    await save.click();
    await expect(main.getByRole('alert')).toHaveText(t('agent-pending-when'));
    await until.fill(day);
    await save.click();
    await expect(save).toBeHidden();
    await expect(main.getByRole('heading', { name: 'Three trailers of Wiebe', level: 1 })).toBeVisible();
  });

  await test.step('All of it is there after a reload', async () => {
    await page.reload();
    await ines.isLive();
    await expect(main.getByRole('heading', { name: 'Three trailers of Wiebe', level: 1 })).toBeVisible();
    await expect(title).toHaveValue('Three trailers of Wiebe');
    await expect(choice('agent-queue').locator('option:checked')).toHaveText('Misc');
    await expect(choice('agent-state')).toHaveValue('pending_reminder');
    await expect(until).toHaveValue(day);
    await expect(choice('agent-priority')).toHaveValue('4');
    await expect(choice('agent-responsible').locator('option:checked')).toHaveText('Maren Holt');
    await expect(locked).toBeChecked();
    await expect(main.getByRole('region', { name: t('agent-people') })).toContainText('Maren Holt');
  });

  await test.step('The history tells each', async () => {
    await main.getByText(t('agent-ticket-history'), { exact: true }).click();
    const changes: Record<string, [string, string]> = {
      title_update: ['Trailers of Wiebe', 'Three trailers of Wiebe'],
      move: ['Travel', 'Misc'],
      priority_update: [t('agent-priority-is', { is: 3 }), t('agent-priority-is', { is: 4 })],
      responsible_update: ['–', 'Maren Holt'],
      state_update: [t('agent-ticket-state', { is: 'open' }), t('agent-ticket-state', { is: 'pending_reminder' })],
      set_pending_time: ['', ''],
      lock: ['', ''],
    };
    const lines = main.getByRole('listitem');
    for (const [is, [before, after]] of Object.entries(changes)) {
      const told = t('agent-ticket-event', { is, name: ines.name, old: before, new: after }).trim();
      await expect(lines.filter({ hasText: told })).toHaveCount(1);
    }
    await checkByAxe(page, 'agent-ticket-changed');
    await shoot(page, 'agent-ticket-changed', 'light');
  });
});

test('Jonas reads the ticket of his colleague Hanne, without what is for agents only; Elin does not see it', async ({
  cast,
}) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  const jonas = await cast.customer('jonas');
  const elin = await cast.customer('elin');
  await ines.signIn();
  await phoneTicket(ines, hanne, 'Trailers of Wiebe', 'Travel');
  const desk = ines.page.getByRole('main');
  await desk.getByRole('textbox', { name: ines.t('agent-note') }).fill(NOTE);
  await desk.getByRole('button', { name: ines.t('agent-note-write') }).click();
  await expect(desk.getByRole('article').last()).toContainText(NOTE);
  await desk.getByRole('button', { name: ines.t('agent-reply'), exact: true }).click();
  await desk.getByRole('textbox', { name: ines.t('agent-reply-to', { name: hanne.name }) }).fill(ANSWER);
  await desk.getByRole('button', { name: ines.t('agent-reply-write') }).click();
  await expect(desk.getByRole('article').last()).toContainText(ANSWER);

  const ofCompany = async ({ page, t, address }: Customer) => {
    await page.goto(`${address}tickets`);
    await expect(page.getByRole('main').getByText(t('customer-tickets-none', { whose: 'mine' }))).toBeVisible();
    const whose = page.getByRole('navigation', { name: t('customer-tickets-whose') });
    await whose.getByRole('link', { name: t('customer-tickets-of', { whose: 'company' }) }).click();
    return page.getByRole('main');
  };

  await test.step('Jonas', async () => {
    await jonas.signIn();
    const main = await ofCompany(jonas);
    await expect(main.getByRole('listitem')).toHaveCount(1);
    await expect(main.getByRole('listitem')).toContainText(hanne.name);
    await main.getByRole('link', { name: 'Trailers of Wiebe' }).click();
    const articles = main.getByRole('list', { name: jonas.t('customer-ticket-articles') });
    await expect(articles).toContainText(ANSWER);
    await expect(articles.getByRole('listitem')).toHaveCount(2);
    await expect(main.getByText(NOTE)).toHaveCount(0);
    await checkByAxe(jonas.page, "a colleague's ticket");
    await shoot(jonas.page, 'portal-ticket-of-company', 'light');
  });

  await test.step('Elin, who works elsewhere', async () => {
    await elin.signIn();
    const main = await ofCompany(elin);
    await expect(main.getByText(elin.t('customer-tickets-none', { whose: 'company' }))).toBeVisible();
    await expect(main.getByText('Trailers of Wiebe')).toHaveCount(0);
  });
});

test('Chosen messages become a phone ticket and the chat stays open, also when Ines may make no more', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await theyTalk(ines, hanne);
  const { page, t } = ines;
  const main = page.getByRole('main');
  const talk = ines.talk(hanne.name);
  const make = main.getByRole('button', { name: t('agent-ticket-make') });

  async function fillIn(title: string): Promise<void> {
    await talk.pick('agent-phone-ticket-of-chat');
    await expect(main.getByRole('radio', { name: hanne.name })).toBeChecked();
    await main.getByLabel(t('agent-title'), { exact: true }).fill(title);
    await main.getByLabel(t('agent-text')).fill('She rang about it, too.');
    await main.getByRole('checkbox', { name: t('agent-keep-open') }).check();
  }

  await test.step('Only what she chose is in the ticket, and they go on', async () => {
    await fillIn('A missing trailer');
    await main.getByRole('checkbox', { name: t('agent-only-part') }).check();
    await main.getByRole('button', { name: t('agent-part-none') }).click();
    await make.click();
    await expect(main.getByRole('alert')).toHaveText(t('agent-part-missing'));
    await main.getByRole('checkbox', { name: ANSWER }).check();
    await expect(main.getByText(t('agent-ticket-with-chat', { chat: 'stays' }), { exact: true })).toBeVisible();
    await make.click();
    await expect(main.getByRole('heading', { name: 'A missing trailer', level: 1 })).toBeVisible();
    await expect(main.getByRole('article')).toHaveCount(2);
    await expect(main.getByRole('article').last()).toContainText(ANSWER);
    await expect(main.getByText(QUESTION)).toHaveCount(0);
    await expect(main.getByText(NOTE)).toHaveCount(0);
    await talk.say('It stands on deck 3.');
    await expect(hanne.window.getByText('It stands on deck 3.')).toBeVisible();
  });

  await test.step('The right is withdrawn meanwhile: she reads why nothing happened, and they go on', async () => {
    await fillIn('Another trailer');
    await desk.cli('role', 'grant', 'Travel team', 'travel', 'ro');
    await desk.cli('role', 'revoke', 'Travel team', 'travel', 'rw');
    screened(ines.context).expectRefusal(403);
    await make.click();
    await expect(main.getByRole('alert')).toHaveText(t('problem-not_allowed'));
    await shoot(page, 'agent-phone-ticket-refused', 'light');
    await expect(talk.composer).toBeEditable();
    await talk.say('Ask for me at the ramp.');
    await expect(hanne.window.getByText('Ask for me at the ramp.')).toBeVisible();
  });
  await desk.cli('verify');
});

test('A ticket shows Hanne and how she stands, and Ines asks Maren from it', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const maren = await cast.agent('maren');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await maren.signIn();
  const { page, t, dialog } = ines;
  const main = page.getByRole('main');
  await phoneTicket(ines, hanne, 'Trailers of Wiebe', 'Travel');
  const number = (await main.getByText(/^\d{16}$/).textContent()) ?? '';

  await test.step('Hanne comes', async () => {
    const customer = main.getByRole('region', { name: t('agent-ticket-customer'), exact: true });
    await expect(customer).toContainText('Wiebe Freight');
    await expect(customer).toContainText(t('agent-presence', { is: 'offline' }));
    const chat = customer.getByRole('button', { name: t('agent-chat-with', { name: hanne.name }) });
    await expect(chat).toHaveAttribute('aria-disabled', 'true');
    await hanne.signIn();
    await expect(customer).toContainText(t('agent-presence', { is: 'active' }), { timeout: 30_000 });
    await expect(chat).not.toHaveAttribute('aria-disabled');
  });

  await test.step('Ines gives it to Maren, and asks her for a chat about it', async () => {
    await main.getByRole('combobox', { name: t('agent-owner'), exact: true }).selectOption(maren.name);
    await main.getByRole('button', { name: t('agent-save') }).click();
    const people = main.getByRole('region', { name: t('agent-people') });
    await expect(people.getByRole('listitem').filter({ hasText: maren.name })).toContainText(t('agent-owner'));
    await checkByAxe(page, 'agent-ticket-people');
    await shoot(page, 'agent-ticket-people', 'light');
    await people.getByRole('button', { name: t('agent-chat-with', { name: maren.name }) }).click();
    await expect(dialog).toContainText(t('agent-about-ticket', { number }));
    await dialog.getByRole('textbox').fill('Do you know where they stand?');
    await dialog.getByRole('button', { name: t('agent-request-create') }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('Maren sees what it is about, and they talk', async () => {
    await maren.chats.click();
    await expect(maren.row(ines.name).getByRole('link', { name: number })).toBeVisible();
    await maren.accept(ines.name).click();
    await maren.talk(ines.name).say('On deck 3.');
    await expect(ines.talk(maren.name).log).toContainText('On deck 3.');
  });
});

test('Hanne ends her chat, makes a ticket of it, and leaves a message once nobody is there', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await theyTalk(ines, hanne);
  const { page, t } = hanne;
  const main = page.getByRole('main');
  const articles = main.getByRole('list', { name: t('customer-ticket-articles') });

  await test.step('She ends it, and makes a ticket of it', async () => {
    await hanne.window.getByRole('button', { name: t('widget-end-short'), exact: true }).click();
    await hanne.window.getByRole('button', { name: t('widget-end') }).click();
    await expect(hanne.window.getByText(t('widget-closed', { reason: 'by_external' }))).toBeVisible();
    await hanne.window.getByRole('button', { name: t('customer-ticket-of-chat') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('customer-ticket-text')).fill('Please tell me when it comes.');
    await dialog.getByRole('button', { name: t('customer-ticket-make') }).click();
    await hanne.window.getByRole('link', { name: t('customer-ticket-show') }).click();
    for (const text of ['Please tell me when it comes.', QUESTION, ANSWER]) await expect(articles).toContainText(text);
    await expect(main.getByText(NOTE)).toHaveCount(0);
  });

  await test.step('Nobody is there any more: what she asks next becomes a ticket', async () => {
    await ines.setAvailability('unavailable');
    await hanne.asking.newConversation.click();
    await hanne.channel('Travel desk').check();
    await hanne.asking.message.fill('Is there a ramp for three axles?');
    await hanne.asking.leave.click();
    await expect(hanne.window.getByText(/it has the ticket number \d{16}/)).toBeVisible();
    await shoot(page, 'portal-message-left', 'light');
    await hanne.window.getByRole('link', { name: t('customer-ticket-show') }).click();
    await expect(articles).toContainText('Is there a ramp for three axles?');
  });
});

test("Hanne's chat goes into Elin's ticket only if Ines means it", async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  const elin = await cast.customer('elin');
  await ines.signIn();
  await hanne.signIn();
  const { page, dialog, t } = ines;
  const main = page.getByRole('main');
  await phoneTicket(ines, elin, 'A coach from Nordkap', 'Travel', 'nordkap');
  await theyTalk(ines, hanne);
  const talk = ines.talk(hanne.name);
  await talk.pick('agent-append');
  await dialog.getByRole('radio', { name: 'A coach from Nordkap' }).check();
  const warning = t('agent-append-other', { customer: elin.name, name: hanne.name });
  await expect(dialog.getByText(warning)).toBeVisible();
  screened(ines.context).expectRefusal(409);
  await dialog.getByRole('button', { name: t('agent-append'), exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(warning);
  await checkByAxe(page, 'agent-append-other');
  await shoot(page, 'agent-append-other', 'light');
  await expect(main.locator('article')).toHaveCount(1);
  await dialog.getByRole('button', { name: t('agent-append-anyway') }).click();
  await expect(dialog).toBeHidden();
  await expect(main.getByRole('article')).toHaveCount(3);
  await expect(main.getByRole('article').nth(1)).toContainText(ANSWER);
  await expect(talk.log).toContainText('into ticket');
});
