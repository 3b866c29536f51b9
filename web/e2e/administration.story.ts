import type { Locator } from '@playwright/test';
import type { Agent } from './agent.ts';
import { screened } from './screened.ts';
import { expect, test } from './story.ts';

class Settings {
  constructor(readonly agent: Agent) {}

  get main(): Locator {
    return this.agent.page.getByRole('main');
  }

  name(of: string): string {
    return this.agent.t(`setting-${of}`);
  }

  switch(of: string): Locator {
    return this.main.getByRole('switch', { name: this.name(of), exact: true });
  }

  field(of: string): Locator {
    return this.main.getByRole('textbox', { name: this.name(of), exact: true });
  }

  async saved(of: string): Promise<void> {
    await expect(this.main.getByText(this.agent.t('admin-saved', { name: this.name(of) }))).toBeAttached();
  }
}

test('Ines changes settings: they act at once, are told, and go back', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const { page, t, dialog } = ines;
  const priya = await cast.visitor();
  await ines.signIn();
  await ines.setAvailability('internal_and_external');
  await ines.goTo('agent-admin');
  const settings = new Settings(ines);
  const { main } = settings;
  await main.getByRole('link', { name: t('admin-settings') }).click();

  await test.step('A switch acts on the next visitor', async () => {
    await expect(settings.switch('public_to_agent')).toBeChecked();
    await settings.switch('public_to_agent').click();
    await expect(settings.switch('public_to_agent')).not.toBeChecked();
    await settings.saved('public_to_agent');
    await priya.visit(desk.site);
    await priya.open();
    await expect(priya.frame!.getByText(priya.t('widget-not-offered'))).toBeVisible();
    await settings.switch('public_to_agent').press('Space');
    await expect(settings.switch('public_to_agent')).toBeChecked();
  });

  await test.step('What cannot be is refused, and what was typed stays', async () => {
    await settings.field('no_answer_s').fill('0');
    await settings.field('no_answer_s').press('Enter');
    await expect(main.getByRole('alert')).toHaveText(t('admin-out-of-bounds', { min: '1', max: '86,400' }));
    await expect(settings.field('no_answer_s')).toHaveValue('0');
    await settings.field('no_answer_s').fill('240');
    await main.getByRole('button', { name: t('admin-save-setting', { name: settings.name('no_answer_s') }) }).click();
    await settings.saved('no_answer_s');
    await expect(main.getByText(t('admin-span', { span: '4 minutes' }))).toBeVisible();
  });

  await test.step('Who comes second sees what the first one did', async () => {
    screened(ines.context).expectRefusal(409);
    await desk.cli('set', 'lease_s', '90');
    await settings.field('lease_s').fill('60');
    await settings.field('lease_s').press('Enter');
    await expect(main.getByRole('alert')).toContainText('1 minute, 30 seconds');
    await expect(settings.field('lease_s')).toHaveValue('60');
    await settings.field('lease_s').press('Enter');
    await settings.saved('lease_s');
  });

  await test.step('The history leads back', async () => {
    const name = settings.name('lease_s');
    await main.getByRole('button', { name: t('admin-history-of', { name }) }).click();
    await expect(dialog.getByRole('listitem')).toHaveCount(2);
    await expect(dialog.getByRole('listitem').nth(1)).toContainText(t('admin-command-line'));
    await dialog.getByRole('button', { name: t('admin-set-back', { value: '2 minutes' }) }).click();
    await expect(settings.field('lease_s')).toHaveValue('120');
  });

  await test.step('As a text: kept, looked at, applied', async () => {
    await main.getByRole('button', { name: t('admin-as-text') }).click();
    const [kept] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: t('admin-download') }).click(),
    ]);
    expect(kept.suggestedFilename()).toBe('deskbell-settings.toml');
    await dialog.getByRole('textbox').fill('agent_alias = "Skerry"\nleas_s = 3\n');
    await dialog.getByRole('button', { name: t('admin-plan') }).click();
    await expect(dialog.getByRole('alert')).toContainText('the nearest is lease_s');
    await dialog.getByRole('textbox').fill('agent_alias = "Skerry"\n');
    await dialog.getByRole('button', { name: t('admin-plan') }).click();
    await dialog.getByRole('button', { name: t('admin-apply') }).click();
    await expect(dialog.getByText(t('admin-applied', { count: 1 }))).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(settings.field('agent_alias')).toHaveValue('Skerry');
  });

  await test.step('Found by words, and by whether they were changed', async () => {
    await main.getByRole('checkbox', { name: t('admin-only-changed') }).check();
    await expect(settings.field('no_answer_s')).toBeVisible();
    await expect(settings.field('lease_s')).toBeHidden();
    await main.getByRole('searchbox', { name: t('admin-find-setting') }).fill('nothing of this kind');
    await expect(main.getByText(t('admin-no-setting', { q: 'nothing of this kind' }))).toBeVisible();
  });

  await test.step('All of it is in the log', async () => {
    await main.getByRole('link', { name: t('admin-log') }).click();
    const first = main.getByRole('row').nth(1);
    await expect(first).toContainText('Ines Vogt');
    await expect(first).toContainText(settings.name('agent_alias'));
    await expect(first).toContainText('Skerry');
    await expect(
      main
        .getByRole('row')
        .filter({ hasText: t('admin-command-line') })
        .first(),
    ).toBeVisible();
  });
});

test('Ines makes a channel, in German and by keyboard, and its visitors have it', async ({ desk, cast }) => {
  const ines = await cast.agent('ines', { language: 'de' });
  const { page, t, dialog } = ines;
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await ines.goTo('agent-admin');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: t('admin-channels') }).press('Enter');
  await main.getByRole('button', { name: t('admin-channel-new') }).press('Enter');
  await dialog.getByRole('button', { name: t('agent-save') }).press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText(t('admin-needs-name'));
  await dialog.getByLabel(t('admin-name')).fill('Nachtfähre');
  await dialog.getByRole('checkbox', { name: t('admin-for-customers') }).press('Space');
  await dialog.getByLabel(t('admin-retention')).fill('30');
  await dialog.getByRole('button', { name: t('agent-save') }).press('Enter');
  const row = main.getByRole('row').filter({ hasText: 'Nachtfähre' });
  await expect(row).toContainText(t('admin-kept-days', { count: 30, days: '30' }));
  await hanne.signIn();
  await hanne.corner.click();
  await expect(hanne.channel('Nachtfähre')).toBeVisible();

  // Where queues and snippets lead stays valid; the dialog says why.
  await main.getByRole('button', { name: t('admin-channel-change', { name: 'Travel desk' }) }).press('Enter');
  await dialog.getByRole('checkbox', { name: t('admin-valid') }).press('Space');
  await expect(dialog.getByText('skerry-ferries')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.cli('audit')).resolves.toContain('Nachtfähre');
});

test('Ines makes an agent, who signs in with what was told once and does what he was given', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const { page, t, dialog } = ines;
  const main = page.getByRole('main');
  await ines.signIn();
  await ines.goTo('agent-admin');
  await main.getByRole('button', { name: t('admin-agent-new') }).click();
  await dialog.getByRole('button', { name: t('agent-save') }).click();
  await expect(dialog.getByRole('alert')).toHaveText(t('admin-needs-login'));
  await dialog.getByLabel(t('admin-login')).fill('noor');
  await dialog.getByLabel(t('admin-name'), { exact: true }).fill('Noor Haddad');
  await dialog.getByRole('checkbox', { name: t('admin-invited') }).uncheck();
  await dialog.getByRole('button', { name: t('agent-save') }).click();
  const password = (await dialog.locator('output').textContent()) ?? '';
  expect(password.length).toBeGreaterThan(9);
  await page.keyboard.press('Escape');

  await main.getByRole('searchbox', { name: t('admin-find-agent') }).fill('noor');
  await expect(main.getByRole('row')).toHaveCount(2);
  await main.getByRole('button', { name: t('admin-agent-change', { name: 'Noor Haddad' }) }).click();
  await dialog.getByRole('checkbox', { name: 'Travel team' }).check();
  const key = t('admin-key-on', { key: t('admin-key', { is: 'rw' }), group: 'admin' });
  await dialog.getByRole('checkbox', { name: key }).check();
  await expect(main.getByRole('row').filter({ hasText: 'Travel team' })).toBeAttached();
  await page.keyboard.press('Escape');

  const noor = await cast.agent('maren');
  await noor.page.goto(noor.address);
  await noor.page.getByLabel(t('agent-login')).fill('noor');
  await noor.page.getByLabel(t('agent-password')).fill(password);
  await noor.page.getByRole('button', { name: t('agent-sign-in') }).click();
  await noor.isLive();
  await noor.goTo('agent-admin');
  await expect(desk.cli('audit')).resolves.toContain('Noor Haddad');

  await test.step('A role is made, given a key, and refused a second time', async () => {
    await main.getByRole('link', { name: t('admin-rights') }).click();
    await main.getByRole('button', { name: t('admin-role-new') }).click();
    await dialog.getByLabel(t('admin-name')).fill('Night crew');
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    const crew = main.getByRole('region', { name: 'Night crew' });
    const reads = t('admin-key-on', { key: t('admin-key', { is: 'ro' }), group: 'travel' });
    await crew.getByRole('checkbox', { name: reads }).check();
    screened(ines.context).expectRefusal(409);
    await main.getByRole('button', { name: t('admin-role-new') }).click();
    await dialog.getByLabel(t('admin-name')).fill('Night crew');
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expect(dialog.getByLabel(t('admin-name'))).toHaveValue('Night crew');
    await page.keyboard.press('Escape');
    await expect(crew.getByRole('checkbox', { name: reads })).toBeChecked();
  });
});

test('Who does not administer sees nothing of it', async ({ cast }) => {
  const maren = await cast.agent('maren');
  await maren.signIn();
  const { page, t } = maren;
  await expect(page.getByRole('link', { name: t('agent-archive') })).toBeVisible();
  await expect(page.getByRole('link', { name: t('agent-admin') })).toBeHidden();
  await page.goto(`${maren.address.replace(/\/$/, '')}/admin/settings`);
  await maren.isLive();
  await expect(page.getByRole('main').getByText(t('agent-admin-not-yours'))).toBeVisible();
});
