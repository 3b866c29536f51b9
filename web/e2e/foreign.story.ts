/** Where the tickets are in somebody else's system: chats go there, by the same dialogs. */
import type { Page } from '@playwright/test';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { Stand } from './stand.ts';
import { test as base, expect, screened } from './story.ts';
import { ANSWER, NOTE, QUESTION, theyTalk } from './ticketing.ts';

type Kind = 'znuny' | 'zammad';

const test = base.extend<{ kind: Kind; stand: Stand }>({
  kind: ['zammad', { option: true }],
  stand: async ({ kind, desk }, use) => {
    const stand = await Stand.start(kind);
    await stand.connect(desk);
    await use(stand);
    stand.stop();
  },
});

/** What each calls things, and where it shows its first ticket. */
const THERE = {
  zammad: { name: 'Zammad', priority: '2 normal', suitcase: '/#ticket/zoom/1' },
  znuny: { name: 'Znuny', priority: '3 normal', suitcase: '/otrs/index.pl?Action=AgentTicketZoom;TicketID=1' },
} as const;
const KINDS = ['zammad', 'znuny'] as const;

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
  await shoot(page, view, 'small');
  if (before) await page.setViewportSize(before);
}

for (const kind of KINDS) {
  const there = THERE[kind];
  test.describe(there.name, () => {
    test.use({ kind });

    test(`A chat goes into a ticket in ${there.name}, also when that fails at first, and is there once`, async ({
      cast,
      stand,
    }) => {
      const ines = await cast.agent('ines');
      const hanne = await cast.customer('hanne');
      await ines.signIn();
      await hanne.signIn();
      await theyTalk(ines, hanne);
      const { page, dialog } = ines;
      const talk = ines.talk(hanne.name);

      await test.step('There is no list of tickets here', async () => {
        const sidebar = page.getByRole('navigation', { name: ines.t('agent-organizer') });
        await expect(sidebar.getByRole('link', { name: ines.t('agent-archive') })).toBeVisible();
        await expect(sidebar.getByRole('link', { name: ines.t('agent-tickets') })).toHaveCount(0);
        await expect(hanne.page.getByRole('link', { name: hanne.t('customer-tickets') })).toHaveCount(0);
      });

      await test.step('She looks for the ticket there', async () => {
        await talk.pick('agent-append');
        await expect(dialog.getByRole('status')).toHaveText(ines.t('agent-append-type'));
        await dialog.getByRole('searchbox').fill('suitcase');
        const found = dialog.getByRole('radio', { name: 'Lost suitcase' });
        await found.check();
        await expect(dialog).toContainText('Travel · open');
        await look(page, `agent-append-there-${kind}`);
      });

      await test.step('It has it, and nobody is told: the chat stays open and she knows what to do', async () => {
        screened(ines.context).expectRefusal(503);
        await stand.failNext('cut');
        await dialog.getByRole('button', { name: 'Append to ticket' }).click();
        await expect(dialog.getByRole('alert')).toContainText('It is not known whether it has the chat. Try again');
        await expect(talk.composer).toBeEditable();
        await look(page, `agent-append-unclear-${kind}`);
      });

      await test.step('She tries again: it is there once, and the chat is over', async () => {
        await dialog.getByRole('button', { name: ines.t('chat-try-again') }).click();
        await expect(dialog).toBeHidden();
        await expect(hanne.window.getByText(hanne.t('widget-closed', { reason: 'by_agent' }))).toBeVisible();
        const [suitcase] = await stand.tickets();
        expect(suitcase?.filter(({ body }) => body.includes(QUESTION)).map(({ visible }) => visible)).toEqual([true]);
        expect(suitcase?.filter(({ body }) => body.includes(NOTE)).map(({ visible }) => visible)).toEqual([false]);
        expect(suitcase?.every(({ files }) => files.every(({ length }) => length > 5_000))).toBe(true);
        const link = talk.log.getByRole('link', { name: /into ticket \d+/ });
        await expect(link).toHaveAttribute('href', stand.url + there.suitcase);
        await link.scrollIntoViewIfNeeded();
        await look(page, `agent-attached-there-${kind}`);
      });
    });

    test(`A phone ticket is made in ${there.name} and takes the chat along`, async ({ cast, stand }) => {
      const ines = await cast.agent('ines');
      const hanne = await cast.customer('hanne');
      await ines.signIn();
      await hanne.signIn();
      await theyTalk(ines, hanne);
      const { page } = ines;
      const main = page.getByRole('main');

      await test.step('The form has what there is there', async () => {
        await ines.talk(hanne.name).pick('agent-phone-ticket-of-chat');
        await expect(main.getByRole('radio', { name: hanne.name })).toBeChecked();
        await expect(main.getByRole('combobox', { name: ines.t('agent-queue') })).toHaveValue(/.+/);
        await expect(main.getByRole('combobox', { name: ines.t('agent-state') })).toHaveValue('open');
        await expect(main.getByRole('combobox', { name: ines.t('agent-priority') })).toHaveValue(there.priority);
        await main.getByRole('searchbox').fill('jonas');
        await main.getByRole('radio', { name: 'jonas' }).check();
        await main.getByLabel('Title').fill('A missing trailer');
        await main.getByLabel('What it is about').fill('She rang about it, too.');
        await main.getByRole('combobox', { name: ines.t('agent-owner') }).selectOption('ines');
        const responsible = main.getByRole('combobox', { name: ines.t('agent-responsible') });
        if (kind === 'znuny') await responsible.selectOption('Maren Holt');
        else await expect(responsible).toHaveCount(0);
        await main.getByRole('combobox', { name: ines.t('agent-state') }).selectOption('pending reminder');
        await main.getByLabel(ines.t('agent-pending-until')).fill('2031-05-17T09:30');
        await look(page, `agent-new-ticket-there-${kind}`);
      });

      await test.step('What it refuses is said, and nothing that was typed is lost', async () => {
        // Zammad tells of every state that it takes.
        if (kind === 'zammad') return;
        screened(ines.context).expectRefusal(409);
        await main.getByRole('combobox', { name: ines.t('agent-state') }).selectOption('closed unsuccessful');
        await main.getByRole('button', { name: 'Create ticket' }).click();
        await expect(main.getByRole('alert')).toContainText('The ticket system refused this');
        await expect(main.getByRole('alert')).toContainText('State parameter is invalid');
        await expect(main.getByLabel('Title')).toHaveValue('A missing trailer');
        await main.getByRole('combobox', { name: ines.t('agent-state') }).selectOption('open');
      });

      await test.step('Then it is there, and the chat is over', async () => {
        await main.getByRole('button', { name: 'Create ticket' }).click();
        await expect(page.getByText(/Ticket \d+ is made\./)).toBeVisible();
        await expect(hanne.window.getByText(hanne.t('widget-closed', { reason: 'by_agent' }))).toBeVisible();
        const made = (await stand.tickets()).at(-1)!;
        expect(made.map(({ visible }) => visible)).toEqual([true, true, false]);
        expect(made[0]?.body).toContain('She rang about it, too.');
        expect(made[1]?.body).toContain(QUESTION);
        expect(made[2]?.body).toContain(NOTE);
      });
    });

    test(`Hanne makes a ticket of her chat in ${there.name}, without what is for agents only`, async ({
      cast,
      stand,
    }) => {
      const ines = await cast.agent('ines');
      const hanne = await cast.customer('hanne');
      await ines.signIn();
      await hanne.signIn();
      await theyTalk(ines, hanne);
      await ines.talk(hanne.name).close();
      const { page, t } = hanne;
      const form = page.getByRole('dialog');
      await hanne.window.getByRole('button', { name: t('customer-ticket-of-chat') }).click();
      await form.getByLabel(t('customer-ticket-text')).fill('Please tell me when it comes.');
      await form.getByRole('button', { name: t('customer-ticket-make') }).click();
      await expect(hanne.window.getByText(/The ticket is there, with the number \d+\./)).toBeVisible();
      await expect(form).toBeHidden();
      const made = (await stand.tickets()).at(-1)!;
      for (const text of ['Please tell me when it comes.', QUESTION, ANSWER])
        expect(made.filter(({ body }) => body.includes(text))).toHaveLength(1);
      expect(made.filter(({ body }) => body.includes(NOTE))).toEqual([]);
    });
  });
}

test('What Priya and Hanne write is kept while Zammad fails, and is there in the end', async ({
  desk,
  cast,
  stand,
}) => {
  const [priya, hanne] = [await cast.visitor(), await cast.customer('hanne', { language: 'de' })];
  const said = async (text: string) => (await stand.tickets()).flat().filter(({ body }) => body.includes(text)).length;

  await test.step('Priya leaves a message', async () => {
    await stand.failNext('error');
    await priya.visit(desk.site);
    const panel = await priya.open();
    await panel.message.fill('Do I need to reserve a place for my bike?');
    await panel.nameField.fill(priya.name);
    await panel.leave.click();
    await expect(priya.frame!.getByText('on its way to our ticket system')).toBeVisible();
    await shoot(priya.page, 'widget-left-there', 'light');
  });

  await test.step('Hanne makes a ticket, and there is no list of them', async () => {
    await hanne.signIn();
    const { page, t } = hanne;
    await expect(page.getByRole('link', { name: t('customer-tickets') })).toHaveCount(0);
    await page.getByRole('link', { name: t('customer-ticket-new') }).click();
    await page.getByLabel(t('customer-ticket-title')).fill('Mein Anhänger');
    await page.getByLabel(t('customer-ticket-text')).fill('Bitte bringen Sie ihn.');
    await look(page, 'customer-new-ticket-there');
    await page.getByRole('button', { name: t('customer-ticket-make') }).click();
    await expect(page.locator(':focus')).toHaveText(/Das Ticket ist angelegt und hat die Nummer \d+/);
    await look(page, 'customer-ticket-made-there');
    await page.goto(`${hanne.address}tickets`);
    await expect(page.getByText(t('problem-tickets_elsewhere'))).toBeVisible();
  });

  await test.step('Both are there, once', async () => {
    await expect.poll(() => said('Do I need to reserve a place for my bike?'), { timeout: 30_000 }).toBe(1);
    expect(await said('Bitte bringen Sie ihn.')).toBe(1);
  });
});

test('Where Zammad cannot be reached Ines reads so, and the chat goes on', async ({ cast, stand }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await theyTalk(ines, hanne);
  const { page, dialog, t } = ines;
  const talk = ines.talk(hanne.name);
  const why = 'The ticket system cannot be reached';

  await test.step('As she appends it', async () => {
    await talk.pick('agent-append');
    await dialog.getByRole('searchbox').fill('suitcase');
    await dialog.getByRole('radio', { name: 'Lost suitcase' }).check();
    screened(ines.context).expectRefusal(503);
    stand.stop();
    await dialog.getByRole('button', { name: t('agent-append') }).click();
    await expect(dialog.getByRole('alert')).toContainText(why);
    await expect(dialog.getByRole('alert')).toContainText('This time nothing was stored there.');
    await look(page, 'agent-append-unreachable');
  });

  await test.step('As she looks for another one', async () => {
    await dialog.getByRole('searchbox').fill('trailer');
    const tickets = dialog.getByRole('group', { name: t('agent-tickets') });
    await expect(tickets.getByRole('status')).toContainText(why);
    await dialog.getByRole('button', { name: t('common-cancel') }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('As she begins a phone ticket of it', async () => {
    await talk.pick('agent-phone-ticket-of-chat');
    await expect(page.getByRole('main').getByRole('alert')).toContainText(why);
    await look(page, 'agent-new-ticket-unreachable');
  });

  await test.step('They talk on', async () => {
    await talk.say('I append it later.');
    await expect(hanne.window.getByText('I append it later.')).toBeVisible();
  });
});
