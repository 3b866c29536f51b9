/** Conversations that go out by e-mail, to a real mail server. */
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { Smtp } from './smtp.ts';
import { test as base, expect } from './story.ts';

const QUESTION = 'Is the 16:40 sailing still running with this wind?';
const ANSWER = 'It sails, about 20 minutes late.';

const test = base.extend<{ smtp: Smtp }>({
  smtp: async ({ desk }, use) => {
    const smtp = await Smtp.start();
    await smtp.connect(desk);
    await use(smtp);
    await smtp.stop();
  },
});

test('Hanne has her conversation sent to her, and Ines sends it to herself', async ({ cast, smtp }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.message.fill(QUESTION);
  await hanne.asking.start.click();
  const talk = await ines.take(hanne.name);
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
    expect(letter).toContain('application/pdf');
    await expect(hanne.window.getByText(hanne.t('chat-entry-mailed', { outcome: 'sent' }))).toHaveCount(0);
  });

  await test.step('Hanne finds it in her past conversations', async () => {
    await talk.close();
    await hanne.page.getByRole('button', { name: hanne.t('customer-close-chat') }).click();
    await hanne.page.getByRole('main').getByRole('link', { name: ines.name }).click();
    await hanne.page.getByRole('button', { name: hanne.t('widget-mail') }).click();
    const log = hanne.page.getByRole('main').getByRole('log');
    await expect(log).toContainText(hanne.t('chat-entry-mailing', { you: 'yes' }));
    await expect(log).toContainText(hanne.t('chat-entry-mailed', { outcome: 'sent' }));
    const [, letter] = await smtp.letters(2);
    expect(letter).toContain('hanne@wiebe.example');
  });
});

test('Priya says where to, opens the link in the first letter, and gets the second', async ({ desk, cast, smtp }) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  await ines.signIn();
  await priya.visit(`${desk.site}/`);
  await priya.open();
  await priya.panel.begin(priya.name, QUESTION);
  const talk = await ines.take(priya.name);
  await talk.say(ANSWER);
  await talk.close();
  const { frame } = priya;
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
  expect(second).toContain('application/pdf');
});

test('Hanne looks away, gets what she has not seen by e-mail, comes back by its link, and wants no more of them', async ({
  desk,
  cast,
  smtp,
}) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.message.fill(QUESTION);
  await hanne.asking.start.click();
  const talk = await ines.take(hanne.name);
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
