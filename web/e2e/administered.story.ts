import { Preview } from './preview.ts';
import { expect, test } from './story.ts';

test('Ines makes what a desk needs, and it acts at once', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const { page, t, dialog } = ines;
  const priya = await cast.visitor();
  await ines.signIn();
  await ines.setAvailability('internal_and_external');
  await ines.goTo('agent-admin');
  const main = page.getByRole('main');
  const part = (name: Parameters<typeof t>[0]) => main.getByRole('link', { name: t(name), exact: true }).click();
  const button = (name: string) => main.getByRole('button', { name });
  const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
  const save = async () => {
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog).toBeHidden();
  };

  await test.step('A queue', async () => {
    await part('admin-queues');
    await button(t('admin-queue-new')).click();
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog.getByRole('alert')).toHaveText(t('admin-needs-name'));
    await field(t('admin-name')).fill('Lost property');
    await dialog.getByLabel(t('admin-queue-channel')).selectOption('Travel desk');
    await field(t('admin-comment')).fill('Umbrellas, mostly.');
    await save();
    await expect(main.getByRole('row').filter({ hasText: 'Lost property' })).toContainText('Umbrellas, mostly.');
  });

  await test.step('A customer user, with a password told once, and his company', async () => {
    await part('admin-customers');
    await button(t('admin-customer-new')).click();
    await field(t('admin-login')).fill('nils');
    await field(t('admin-name')).fill('Nils Berg');
    await dialog.getByLabel(t('admin-company'), { exact: true }).fill('Berg & Sons');
    await dialog.getByRole('checkbox', { name: t('admin-invited') }).uncheck();
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog.getByText(t('admin-password-told', { name: 'Nils Berg' }))).toBeVisible();
    await page.keyboard.press('Escape');
    await part('admin-companies');
    await button(t('admin-company-change', { name: 'Berg & Sons' })).click();
    await field(t('admin-name')).fill('Berg and Daughters');
    await save();
    await part('admin-customers');
    await main.getByRole('searchbox').fill('berg');
    await expect(main.getByRole('row').filter({ hasText: 'Nils Berg' })).toContainText('Berg and Daughters');
  });

  const away = 'We answer again after the storm.';
  await test.step('A channel has hours, and says what it was told to', async () => {
    await part('admin-channels');
    await button(t('admin-channel-change', { name: 'Travel desk' })).click();
    await dialog.getByRole('checkbox', { name: t('admin-hours-always') }).uncheck();
    await field('Monday').fill('nine to five');
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog.getByRole('alert')).toHaveText(t('admin-hours-unclear', { day: 'Monday' }));
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) await field(day).fill('');
    await field(t('admin-text-away', { language: 'English' })).fill(away);
    await save();
    await expect(main.getByRole('row').filter({ hasText: 'Travel desk' })).toContainText(t('admin-hours-some'));
    await priya.visit(desk.site);
    await priya.open();
    await expect(priya.frame!.getByText(away)).toBeVisible();
    await button(t('admin-channel-change', { name: 'Travel desk' })).click();
    await dialog.getByRole('checkbox', { name: t('admin-hours-always') }).check();
    await save();
  });

  await test.step('A snippet is looked at before it stands on a page', async () => {
    await part('admin-snippets');
    await button(t('admin-snippet-new')).click();
    await field(t('admin-snippet-id')).fill('Harbour Office');
    await expect(field(t('admin-snippet-id'))).toHaveValue('harbour-office');
    await field(t('admin-snippet-title')).fill('Harbour office');
    await dialog.getByLabel(t('admin-sites'), { exact: true }).fill('https://www.harbour.example');
    await field(t('admin-launcher-label', { language: 'English' })).fill('Ask the harbour');
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog.getByText('/snippet/harbour-office.js')).toBeVisible();
    await dialog.getByRole('button', { name: t('admin-copy-label', { what: t('admin-code') }) }).click();
    const asking = await new Preview(page, dialog.locator('iframe'), priya.t).open();
    await asking.begin('Ines', 'Does this work?');
    await expect(asking.log).toContainText(t('preview-greets'));
    await asking.say('It does.');
    await expect(asking.log).toContainText(t('preview-answers'));
    // The focus is in the preview.
    await dialog.getByRole('button', { name: t('common-close') }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('The pages have a name and a colour of their own', async () => {
    await part('admin-look');
    const set = async (setting: 'setting-service_name' | 'setting-accent_colour', text: string) => {
      const box = main.getByRole('textbox', { name: t(setting), exact: true });
      await box.fill(text);
      await box.press('Enter');
      await expect(main.getByText(t('admin-saved', { name: t(setting) }))).toBeAttached();
    };
    await set('setting-service_name', 'Skerry help');
    const button = main.locator('.look-light .look-button');
    const before = await button.evaluate((it) => getComputedStyle(it).backgroundColor);
    await set('setting-accent_colour', '#ffe600');
    // By night it is read as it was chosen, by day it is darker.
    await expect(main.getByRole('figure').filter({ hasText: t('admin-look-dark') })).toContainText('#ffe600');
    await expect(main.getByRole('figure').filter({ hasText: t('admin-look-light') })).not.toContainText('#ffe600');
    await expect.poll(() => button.evaluate((it) => getComputedStyle(it).backgroundColor)).not.toBe(before);
    await priya.page.goto(`${desk.url}/portal/`);
    await expect(priya.page).toHaveTitle('Skerry help');
    await expect(priya.page.getByRole('heading', { name: 'Skerry help' })).toBeVisible();
    await desk.cli('verify');
  });
});
