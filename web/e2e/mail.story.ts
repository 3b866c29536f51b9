/** Conversations that go out by e-mail, to a real mail server. */
import type { Agent, Talk } from './agent.ts';
import type { Customer } from './customer.ts';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { readPdf } from './pdf.ts';
import { Smtp } from './smtp.ts';
import { test as base, expect } from './story.ts';

const QUESTION = 'Is the 16:40 sailing still running with this wind?';
const ANSWER = 'It sails, about 20 minutes late.';
const NOTE = 'The captain decides again at 15:30.';

const test = base.extend<{ smtp: Smtp }>({
  smtp: async ({ desk }, use) => {
    const smtp = await Smtp.start();
    await smtp.connect(desk);
    await use(smtp);
    await smtp.stop();
  },
});

/** Hanne asks, and Ines is there for her. */
async function hanneAsks(ines: Agent, hanne: Customer): Promise<Talk> {
  await ines.signIn();
  await hanne.signIn();
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.message.fill(QUESTION);
  await hanne.asking.start.click();
  return ines.take(hanne.name);
}

/** What an agent reads of a mailbox that is none. */
function refused({ t }: Agent): string {
  return t('agent-entry-with-note', {
    what: t('chat-entry-mailed', { outcome: 'failed' }),
    note: '550 no such mailbox',
  });
}

/** A chat is in its PDF, with what is for agents only or without. */
function expectSaid(pdf: string, whom: string, forAgents: boolean): void {
  for (const text of [QUESTION, ANSWER, whom, 'Ines Vogt']) expect(pdf).toContain(text);
  expect(pdf.includes(NOTE), 'what is for agents only is there').toBe(forAgents);
}

test('Hanne has her conversation sent to her, and Ines sends it to herself', async ({ cast, smtp }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  const talk = await hanneAsks(ines, hanne);
  await talk.note(NOTE);
  await talk.say(ANSWER);

  await test.step('Ines chooses to whom, and reads what became of it', async () => {
    await talk.pick('agent-mail');
    await expect(ines.dialog.getByRole('radio', { name: hanne.name })).toBeChecked();
    await checkByAxe(ines.page, 'agent-mail');
    await shoot(ines.page, 'agent-mail', 'light');
    await ines.dialog.getByRole('radio', { name: 'ines@skerry.example' }).check();
    await ines.dialog.getByRole('button', { name: ines.t('agent-mail-send') }).click();
    await expect(talk.log).toContainText(ines.t('agent-entry-mailing', { self: 'yes', you: 'yes' }));
    await expect(talk.log).toContainText(ines.t('chat-entry-mailed', { outcome: 'sent' }));
    const [letter] = await smtp.letters(1);
    expect(letter).toContain('To: "Ines Vogt" <ines@skerry.example>');
    expectSaid(await smtp.readPdf(letter!), hanne.name, true);
    await expect(hanne.window.getByText(hanne.t('chat-entry-mailed', { outcome: 'sent' }))).toHaveCount(0);
  });

  await test.step('The chat is closed, and Hanne has it sent from its window', async () => {
    await talk.close();
    await hanne.window.getByRole('button', { name: hanne.t('widget-mail') }).click();
    const log = hanne.window.getByRole('log');
    await expect(log).toContainText(hanne.t('chat-entry-mailing', { you: 'yes' }));
    await expect(log).toContainText(hanne.t('chat-entry-mailed', { outcome: 'sent' }));
    const [, letter] = await smtp.letters(2);
    expect(letter).toContain('hanne@wiebe.example');
    expectSaid(await smtp.readPdf(letter!), hanne.name, false);
  });

  await test.step('She finds it in her past conversations, and may have it once more', async () => {
    await hanne.page.getByRole('button', { name: hanne.t('customer-close-chat') }).click();
    await hanne.page.getByRole('main').getByRole('link', { name: ines.name }).click();
    const log = hanne.page.getByRole('main').getByRole('log');
    await expect(log).toContainText(hanne.t('chat-entry-mailed', { outcome: 'sent' }));
    await hanne.page
      .getByRole('main')
      .getByRole('button', { name: hanne.t('widget-mail') })
      .click();
    const [, , letter] = await smtp.letters(3);
    expectSaid(await smtp.readPdf(letter!), hanne.name, false);
  });
});

test('Priya takes her chat away, says where to send it, opens the link in the first letter, and gets the second', async ({
  desk,
  cast,
  smtp,
}) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  await ines.signIn();
  await priya.visit(`${desk.site}/`);
  await priya.open();
  await priya.panel.begin(priya.name, QUESTION);
  const talk = await ines.take(priya.name);
  await talk.note(NOTE);
  await talk.say(ANSWER);
  await talk.close();
  const { frame } = priya;

  await test.step('As a PDF, without what is for agents only', async () => {
    const [download] = await Promise.all([
      priya.page.waitForEvent('download'),
      frame!.getByRole('button', { name: priya.t('widget-pdf') }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    expectSaid(await readPdf(await download.path()), priya.name, false);
  });

  await test.step('The mailbox that she names is none: she reads so, and names another', async () => {
    await frame!.getByRole('button', { name: priya.t('widget-mail') }).click();
    await frame!.getByLabel(priya.t('widget-mail-address')).fill('never+priya@example.org');
    await frame!.getByRole('button', { name: priya.t('widget-mail-send'), exact: true }).click();
    await expect(priya.panel.log).toContainText(priya.t('chat-entry-mailed', { outcome: 'failed' }));
    await expect(priya.panel.log).not.toContainText('550');
    await expect(talk.log).toContainText(refused(ines));
  });

  await frame!.getByRole('button', { name: priya.t('widget-mail') }).click();
  await frame!.getByLabel(priya.t('widget-mail-address')).fill('priya@example.org');
  await shoot(priya.page, 'widget-mail', 'light');
  await frame!.getByRole('button', { name: priya.t('widget-mail-send'), exact: true }).click();
  await expect(priya.panel.log).toContainText(priya.t('chat-entry-mailed', { outcome: 'asked' }));
  const [first] = await smtp.letters(1);
  expect(first).not.toContain('sails');
  const link = /http:\/\/\S+\/mail\/en#\S+/.exec(first!.replaceAll('=\r\n', ''))![0];

  const { page } = priya;
  await page.goto(link);
  await expect(page.getByRole('heading', { name: priya.t('mail-page-title') })).toBeVisible();
  expect(page.url()).not.toContain('#');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await checkByAxe(page, `mail-page, ${colorScheme}`);
    await shoot(page, 'mail-page', colorScheme);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScrolling(page, 'mail-page at 320 pixels');
  await shoot(page, 'mail-page', '320');
  await smtp.letters(1);
  await page.getByRole('button', { name: priya.t('mail-page-send') }).click();
  await expect(page.getByRole('status')).toHaveText(priya.t('mail-page-done'));
  const [, second] = await smtp.letters(2);
  expect(second).toContain('sails, about 20 minutes late');
  expectSaid(await smtp.readPdf(second!), priya.name, false);
});

test('A letter to Hanne is refused, of another nobody knows: Ines reads so, and has it sent again', async ({
  desk,
  cast,
  smtp,
}) => {
  await desk.cli('set', 'mail_patience_s', '2');
  await desk.cli('set', 'mail_again_s', '1');
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  const { page, dialog, t } = ines;
  const main = page.getByRole('main');
  const talk = await hanneAsks(ines, hanne);
  await talk.note(NOTE);
  await talk.say(ANSWER);

  async function administer(part: string): Promise<void> {
    await talk.minimise();
    await ines.goTo('agent-admin');
    await main.getByRole('link', { name: t(part), exact: true }).click();
  }

  /** Sends the chat to Hanne, whose address is this one from now on. */
  async function sendTo(address: string): Promise<void> {
    await administer('admin-customers');
    await main.getByRole('button', { name: t('admin-customer-change', { name: hanne.name }) }).click();
    await dialog.getByRole('textbox', { name: t('admin-email'), exact: true }).fill(address);
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog).toBeHidden();
    await talk.bar.click();
    await talk.pick('agent-mail');
    await expect(dialog.getByRole('radio', { name: hanne.name })).toBeChecked();
    await dialog.getByRole('button', { name: t('agent-mail-send') }).click();
    await expect(dialog).toBeHidden();
  }

  await test.step('There is no such mailbox: Ines reads why, Hanne only that it is so', async () => {
    await sendTo('never+hanne@wiebe.example');
    await expect(talk.log).toContainText(refused(ines));
    await checkByAxe(page, 'agent-mail-failed');
    await shoot(page, 'agent-mail-failed', 'light');
    await expect(hanne.asking.log).toContainText(hanne.t('chat-entry-mailed', { outcome: 'failed' }));
    await expect(hanne.asking.log).not.toContainText('550');
  });

  await test.step('The mail server takes it and says nothing: it is tried again, then left in doubt', async () => {
    await sendTo('silent2+hanne@wiebe.example');
    const what = t('chat-entry-mailed', { outcome: 'perhaps' });
    const note = 'the mail server did not say whether it has it';
    await expect(talk.log).toContainText(t('agent-entry-with-note', { what, note }));
    await expect(talk.log).not.toContainText(t('chat-entry-mailed', { outcome: 'sent' }));
    await expect(hanne.asking.log).toContainText(what);
    await smtp.letters(0);
  });

  await test.step('Both are listed, and the doubtful one is sent again', async () => {
    await administer('admin-letters');
    const row = (state: string) => main.getByRole('row').filter({ hasText: t(state) });
    await expect(row('admin-letter-failed')).toContainText('550 no such mailbox');
    await expect(row('admin-letter-failed')).toContainText(hanne.name);
    await checkByAxe(page, 'admin-letters-failed');
    await shoot(page, 'admin-letters-failed', 'light');
    await row('admin-letter-perhaps')
      .getByRole('button', { name: t('admin-send-again') })
      .click();
    await expect(row('admin-letter-perhaps')).toHaveCount(0);
    await talk.bar.click();
    await expect(talk.log).toContainText(t('chat-entry-mailed', { outcome: 'sent' }));
    const [letter] = await smtp.letters(1);
    expect(letter).toContain('silent2+hanne@wiebe.example');
    expectSaid(await smtp.readPdf(letter!), hanne.name, false);
  });

  await test.step('The right address is set, and she has it', async () => {
    await sendTo('hanne@wiebe.example');
    const [, letter] = await smtp.letters(2);
    expect(letter).toContain('<hanne@wiebe.example>');
  });
});

test('Hanne looks away, gets what she has not seen by e-mail, comes back by its link, and wants no more of them', async ({
  desk,
  cast,
  smtp,
}) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  const talk = await hanneAsks(ines, hanne);
  const away = hanne.page.url();
  await hanne.page.goto('about:blank');
  await talk.say(ANSWER);
  await desk.cli('set', 'unseen_mail_s', '1');
  await expect(talk.log).toContainText(ines.t('agent-entry-missed', { whom: hanne.name }));
  await expect(talk.log).toContainText(ines.t('chat-entry-mailed', { outcome: 'sent' }));
  await checkByAxe(ines.page, 'agent-missed');
  await shoot(ines.page, 'agent-missed', 'light');
  const [letter] = await smtp.letters(1);
  const text = letter!.replaceAll('=\r\n', '');
  expect(text).toContain('sails, about 20 minutes late');

  const { page } = hanne;
  await test.step('Its link leads to the conversation, and there it goes on', async () => {
    const link = /http:\/\/\S+\/portal\/conversations\/[0-9a-f-]+/.exec(text)![0];
    await page.goto(new URL(new URL(link).pathname, away).href);
    await expect(page.getByRole('main').getByRole('log')).toContainText(ANSWER);
    await expect(talk.log).toContainText(ines.t('agent-seen'));
    await page.getByRole('button', { name: hanne.t('customer-go-on') }).click();
    await expect(hanne.window.getByText(ANSWER)).toBeVisible();
  });

  await test.step('The other link ends such letters, and begins them again', async () => {
    const stop = /http:\/\/\S+(\/mail\/en#stop\.[\w-]+)/.exec(text)![1]!;
    await page.goto(new URL(stop, away).href);
    await expect(page.getByRole('heading', { name: hanne.t('mail-stop-title') })).toBeVisible();
    expect(page.url()).not.toContain('#');
    await checkByAxe(page, 'mail-stop');
    await shoot(page, 'mail-stop', 'light');
    await page.getByRole('button', { name: hanne.t('mail-stop-send') }).click();
    await expect(page.getByRole('status')).toHaveText(hanne.t('mail-stop-done'));
    await page.emulateMedia({ colorScheme: 'dark' });
    await checkByAxe(page, 'mail-stop, dark', 'colours');
    await shoot(page, 'mail-stop-done', 'dark');
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScrolling(page, 'mail-stop at 320 pixels');
    await page.getByRole('button', { name: hanne.t('mail-stop-again') }).click();
    await expect(page.getByRole('status')).toHaveText(hanne.t('mail-stop-again-done'));
  });
});

test('Ines answers by e-mail to people without a login, and reads on each article what became of it', async ({
  desk,
  cast,
  smtp,
}) => {
  await desk.cli('set', 'mail_patience_s', '2');
  await desk.cli('set', 'mail_again_s', '1');
  const ines = await cast.agent('ines');
  await ines.signIn();
  const { page, t } = ines;
  const main = page.getByRole('main');
  const last = main.getByRole('article').last();

  /** A call of somebody who has no login. */
  async function callOf(name: string, address: string, title: string): Promise<void> {
    await ines.goTo('agent-tickets');
    await main.getByRole('button', { name: t('agent-phone-ticket') }).click();
    await main.getByRole('radio', { name: t('agent-ticket-for-kind', { is: 'address' }) }).check();
    await main.getByRole('textbox', { name: t('agent-name'), exact: true }).fill(name);
    await main.getByRole('textbox', { name: t('agent-email'), exact: true }).fill(address);
    await main.getByLabel(t('agent-title'), { exact: true }).fill(title);
    await main.getByLabel(t('agent-text')).fill('A bike on the 16:40 sailing.');
    await main.getByRole('button', { name: t('agent-ticket-make') }).click();
    await expect(main.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expect(main.getByRole('region', { name: t('agent-ticket-customer'), exact: true })).toContainText(address);
  }

  async function reply(name: string, text: string): Promise<void> {
    await main.getByRole('button', { name: t('agent-reply'), exact: true }).click();
    await expect(main.getByRole('checkbox', { name: t('agent-note-email') })).toBeChecked();
    await main.getByRole('textbox', { name: t('agent-reply-to', { name }) }).fill(text);
    await main.getByRole('button', { name: t('agent-reply-write') }).click();
    await expect(last).toContainText(text);
  }

  /** How an article says what became of its letter. */
  const became = (outcome: string, address: string) => `${t('agent-article-mail', { outcome })} ${address}`;

  await test.step('It arrives, and the article says so', async () => {
    await callOf('Grete Moe', 'grete@fjell.example', 'A bike for Grete');
    await reply('Grete Moe', ANSWER);
    const [letter] = await smtp.letters(1);
    expect(letter).toContain('grete@fjell.example');
    expect(letter).toContain('A bike for Grete');
    expect(letter).toContain('sails, about 20 minutes late');
    await expect(last).toContainText(became('sent', 'grete@fjell.example'));
    await expect(last).toContainText(t('agent-article-visible'));
    await checkByAxe(page, 'agent-ticket-mailed');
    await shoot(page, 'agent-ticket-mailed', 'light');
    await main.getByText(t('agent-ticket-history'), { exact: true }).click();
    const event = t('agent-ticket-event', { is: 'send_answer', name: ines.name });
    await expect(main.getByText(event)).toBeVisible();
  });

  await test.step('There is no such mailbox: the article says why', async () => {
    await callOf('Ole Moe', 'never+ole@fjell.example', 'A bike for Ole');
    await reply('Ole Moe', ANSWER);
    await expect(last).toContainText(became('failed', 'never+ole@fjell.example'));
    await expect(last).toContainText('550 no such mailbox');
    await checkByAxe(page, 'agent-ticket-mail-failed');
    await shoot(page, 'agent-ticket-mail-failed', 'light');
  });

  await test.step('The mail server says nothing: the article leaves it in doubt', async () => {
    await callOf('Siv Moe', 'silent2+siv@fjell.example', 'A bike for Siv');
    await reply('Siv Moe', ANSWER);
    await expect(last).toContainText(became('perhaps', 'silent2+siv@fjell.example'), { timeout: 30_000 });
    await expect(last).toContainText('the mail server did not say whether it has it');
    await smtp.letters(1);
  });
});
