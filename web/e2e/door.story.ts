import { Agent } from './agent.ts';
import { Preview } from './preview.ts';
import { expect, screened, test } from './story.ts';
import { Asking } from './visitor.ts';

test('Whoever may not come in any more is told so, and finds what was typed when coming back', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  screened(ines.context).expectRefusal(401);
  await ines.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  await (await priya.open()).begin(priya.name, 'Is there a ramp?');
  const talk = await ines.take(priya.name);
  await talk.composer.fill('There is one at ga');

  // Somebody who administers has to be left.
  await desk.cli('grant', 'maren', 'admin', 'rw');
  await desk.cli('agent', 'deactivate', 'ines');
  await expect(ines.page.getByText('Your session has ended. Sign in again; what you typed is kept.')).toBeVisible();
  await expect(ines.page.getByText('Is there a ramp?')).toHaveCount(0);
  await ines.page.getByLabel('Login').fill(ines.login);
  await ines.page.getByLabel('Password').fill(ines.password);
  await ines.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(ines.page.getByRole('alert')).toHaveText('Login and password do not match. Check both and try again.');
  // His right ended with the account, and with it the lease.
  await expect(priya.frame!.getByRole('status').getByText('You are next.')).toBeVisible();

  await desk.cli('agent', 'activate', 'ines');
  await ines.signIn();
  const again = await ines.take(priya.name);
  await expect(again.composer).toHaveValue('There is one at ga');
});

test.describe('Without the demo', () => {
  test.use({ demo: false });

  test('the first agent sets the desk up with the code that the program printed', async ({ desk, cast }) => {
    const [, code = ''] = desk.log.match(/\/agent\/setup +(\S+)/) ?? [];
    const first = await cast.agent('ines');
    const { page, context } = first;
    screened(context).expectRefusal(403);
    await page.goto(`${desk.url}/agent/`);
    await expect(page.getByRole('heading', { name: 'Set up Deskbell' })).toBeVisible();
    const enter = async (fields: Record<string, string>) => {
      for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
      await page.getByRole('button', { name: 'Begin' }).click();
    };
    await enter({ 'Setup code': 'wrong', Name: 'Yasmin Haddad', Login: 'yasmin', Password: 'a long password' });
    await expect(page.getByRole('alert')).toContainText('This setup code is not valid.');
    await enter({ 'Setup code': code });
    const menu = page.getByRole('button', { name: 'Personalization: Yasmin Haddad' });
    await expect(menu).toBeVisible();

    const yasmin = new Agent(first, 'Yasmin Haddad', 'yasmin', 'a long password', first.address);
    const { t } = yasmin;
    const main = page.getByRole('main');
    const priya = await cast.visitor();
    await test.step('What matters is asked, and tried with nobody at the other end', async () => {
      await main.getByLabel(t('admin-begin-title'), { exact: true }).fill('Skerry Ferries');
      await main.getByLabel(t('admin-begin-site'), { exact: true }).fill(desk.site);
      await main.getByLabel(t('setting-mail_language')).selectOption('de');
      await main.getByRole('button', { name: t('admin-begin-save') }).click();
      await expect(main.getByText(t('admin-begin-done'))).toBeVisible();
      const asking = await new Preview(page, main.locator('iframe'), priya.t).open();
      await asking.begin('Yasmin', 'Does this work?');
      await expect(asking.log).toContainText(t('preview-greets'));
      const set = await desk.cli('settings');
      expect(set).toMatch(/^mail_language = "?de"?$/m);
      expect(set).toMatch(/^service_name = "?Skerry Ferries"?$/m);
    });
    await test.step('The first visitor is answered', async () => {
      await yasmin.setAvailability('internal_and_external');
      await priya.page.goto(`${desk.url}/chat/skerry-ferries`);
      await new Asking(priya.page, priya.t).begin('Priya', 'Is the 16:40 still sailing?');
      await yasmin.goTo('agent-home');
      await expect(main.getByText('Is the 16:40 still sailing?')).toBeVisible();
    });
    await test.step('So is the first one on a page with the code that was copied', async () => {
      await yasmin.goTo('agent-admin');
      await main.getByRole('link', { name: t('admin-begin'), exact: true }).click();
      const script = await main.locator('.admin-code pre').first().innerText();
      const body = `<!doctype html><html lang="en"><title>Timetable</title><h1>Timetable</h1>${script}</html>`;
      const elin = await cast.visitor({}, 'Elin');
      await elin.page.route(`${desk.site}/`, (route) => route.fulfill({ contentType: 'text/html', body }));
      await elin.visit(`${desk.site}/`);
      const panel = await elin.open();
      await panel.begin('Elin', 'And the bus?');
      const talk = await yasmin.take('Elin');
      await talk.say('It waits for the ferry.');
      await expect(panel.log).toContainText('It waits for the ferry.');
    });

    const later = await cast.agent('maren');
    await later.page.goto(`${desk.url}/agent/`);
    await expect(later.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await new Agent(later, 'Yasmin Haddad', 'yasmin', 'a long password', later.address).signIn();
  });
});
