import type { Locator } from '@playwright/test';
import type { Agent } from './agent.ts';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import { expect, test } from './story.ts';

/** What is promised, and what the browser and this test take besides. */
const SHOWS_WITHIN_MS = 2_000 + 500;

class Widget {
  constructor(readonly agent: Agent) {}

  get box(): Locator {
    return this.agent.page.getByRole('region', { name: this.agent.t('agent-people') });
  }

  tab(is: 'agents' | 'customers' | 'out_of_office', count: number): Locator {
    return this.box.getByRole('tab', { name: `${this.agent.t('agent-people-tab', { is })} ${count}`, exact: true });
  }

  row(name: string): Locator {
    return this.box.getByRole('listitem').filter({ hasText: name });
  }

  is(name: string, presence: string): Locator {
    return this.row(name).getByRole('img', { name: this.agent.t('agent-presence', { is: presence }), exact: true });
  }
}

test('Two agents and two customers see who is here: live, by keyboard, in German', async ({ cast }) => {
  test.setTimeout(120_000);
  const ines = await cast.agent('ines');
  const chidi = await cast.agent('chidi', { language: 'de' });
  await ines.signIn();
  const people = new Widget(ines);
  await expect(people.tab('agents', 1)).toBeVisible();
  await expect(people.is('Ines Vogt', 'active')).toBeVisible();

  await test.step('Who comes shows within two seconds, without a reload', async () => {
    await chidi.signIn();
    await expect(people.is('Chidi Okafor', 'active')).toBeVisible({ timeout: SHOWS_WITHIN_MS });
    await expect(people.tab('agents', 2)).toBeVisible();
  });

  await test.step('So does what he chooses', async () => {
    await chidi.setAvailability('unavailable');
    await expect(people.is('Chidi Okafor', 'unavailable')).toBeVisible({ timeout: SHOWS_WITHIN_MS });
    await expect(chidi.page.getByText('Hier kommt nichts an. Laufende Chats gehen weiter.')).toBeVisible();
    await chidi.setAvailability('internal');
    await expect(people.is('Chidi Okafor', 'active')).toBeVisible({ timeout: SHOWS_WITHIN_MS });
    await expect(chidi.page.getByText('Hier kommen an: nur Chats mit Kollegen.')).toBeVisible();
  });

  const [hanne, jonas] = [await cast.customer('hanne'), await cast.customer('jonas')];
  await test.step('Arrow keys lead to the customers, who come one by one', async () => {
    await people.tab('agents', 2).focus();
    await ines.page.keyboard.press('ArrowRight');
    await expect(people.tab('customers', 0)).toBeFocused();
    await expect(people.box.getByText('No customer is logged in now.')).toBeVisible();
    await hanne.signIn();
    await expect(people.row('Hanne Dahl')).toContainText('Wiebe Freight', { timeout: SHOWS_WITHIN_MS });
    await jonas.signIn();
    await expect(people.tab('customers', 2)).toBeVisible({ timeout: SHOWS_WITHIN_MS });
    await expect(people.tab('customers', 2)).toBeFocused();
  });

  await test.step('A search finds by name and company', async () => {
    const field = people.box.getByRole('searchbox');
    await field.fill('jonas wiebe');
    await expect(people.row('Hanne Dahl')).toBeHidden();
    await expect(people.is('Jonas Wiebe', 'active')).toBeVisible();
    await field.fill('');
    await expect(people.row('Hanne Dahl')).toBeVisible();
  });

  await test.step("A customer's name leads to his detail view, by keyboard, and back", async () => {
    const { page, t } = ines;
    await people.row('Hanne Dahl').getByRole('link', { name: 'Hanne Dahl' }).press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Hanne Dahl' })).toBeFocused();
    const box = page.getByRole('region', { name: t('agent-customer'), exact: true });
    await expect(box).toContainText('Wiebe Freight');
    await expect(box.getByRole('img', { name: t('agent-presence', { is: 'active' }) })).toBeVisible();
    await expect(box.getByRole('link', { name: 'hanne@wiebe.example' })).toBeVisible();
    await expect(page.getByText(t('agent-customer-no-chats'))).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await checkByAxe(page, `a customer, ${colorScheme}`);
      await shoot(page, 'agent-customer', colorScheme);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await box.getByRole('button', { name: t('agent-request-chat') }).press('Enter');
    await ines.dialog.getByRole('textbox').fill('Your trailer is here.');
    await ines.dialog.getByRole('button', { name: t('agent-request-create') }).press('Enter');
    const chats = page.getByRole('region', { name: t('agent-chats'), exact: true });
    await expect(chats.getByRole('button', { name: 'Your trailer is here.' })).toBeVisible({ timeout: 5_000 });
    const size = page.viewportSize()!;
    await ines
      .talk('Hanne Dahl')
      .window.getByRole('button', { name: t('agent-minimise') })
      .click();
    await page.setViewportSize({ width: 320, height: 800 });
    await checkByAxe(page, 'a customer at 320 pixels');
    await expectNoSidewaysScrolling(page, 'a customer at 320 pixels');
    await shoot(page, 'agent-customer', '320');
    await page.setViewportSize(size);
    await page.goBack();
    await expect(people.row('Hanne Dahl')).toBeVisible();
  });

  await test.step('Who closes his browser is gone', async () => {
    await jonas.page.close();
    await expect(people.row('Jonas Wiebe')).toBeHidden({ timeout: 15_000 });
    await expect(people.tab('customers', 1)).toBeVisible();
  });

  await test.step('Days out of office are set by keyboard and show to the others', async () => {
    const { page, t } = chidi;
    await page.getByRole('button', { name: t('agent-personalization', { name: chidi.name }) }).press('Enter');
    await page.getByRole('menuitem', { name: t('agent-out-of-office') }).press('Enter');
    await chidi.dialog.getByRole('button', { name: t('agent-out-add') }).press('Enter');
    await expect(chidi.dialog.getByLabel(t('agent-out-from'))).toBeFocused();
    const [today, later] = [dayIn(0), dayIn(3)];
    await chidi.dialog.getByLabel(t('agent-out-from')).fill(today);
    await chidi.dialog.getByLabel(t('agent-out-to')).fill(later);
    await checkByAxe(page, 'the days out of office');
    await shoot(page, 'agent-out-of-office', 'german');
    await chidi.dialog.getByRole('button', { name: t('agent-save') }).press('Enter');
    await expect(chidi.dialog).toBeHidden();
    await expect(people.tab('out_of_office', 1)).toBeVisible({ timeout: SHOWS_WITHIN_MS });
    await people.tab('customers', 1).press('End');
    await expect(people.row('Chidi Okafor')).toContainText('Out of office until');
  });

  await test.step('It is right to look at, for axe too', async () => {
    const german = new Widget(chidi);
    await expect(german.is('Ines Vogt', 'active')).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const { page } of [ines, chidi]) await page.emulateMedia({ colorScheme });
      await checkByAxe(ines.page, `people, ${colorScheme}`);
      await shoot(ines.page, 'agent-people', colorScheme);
      await shoot(chidi.page, 'agent-people-german', colorScheme);
    }
    await chidi.page.setViewportSize({ width: 320, height: 800 });
    await checkByAxe(chidi.page, 'people at 320 pixels');
    await expectNoSidewaysScrolling(chidi.page, 'people at 320 pixels');
    await shoot(chidi.page, 'agent-people-german', '320');
  });
});

/** `2026-12-01` in Oslo, where everybody is here. */
function dayIn(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short' }).format(at);
}
