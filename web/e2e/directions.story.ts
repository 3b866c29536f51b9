import type { Locator } from '@playwright/test';
import type { Agent } from './agent.ts';
import type { Customer } from './customer.ts';
import { checkByAxe, shoot } from './look.ts';
import { expect, expectHeard, test } from './story.ts';

const FERRY = 'Who takes the late ferry tonight?';
const BOOKING = 'Your trailer is found: shall we send it on with the 16:40?';

test('Ines asks Maren from the People widget, waits, and they talk among themselves', async ({ cast, desk }) => {
  const [ines, maren] = [await cast.agent('ines'), await cast.agent('maren', { language: 'de' })];
  await Promise.all([ines.signIn(), maren.signIn()]);

  await test.step('Ines asks for a chat with a first message, and sees that she waits', async () => {
    await asks(ines, maren.name, FERRY);
    const talk = ines.talk(maren.name);
    await expect(talk.window.getByText(ines.t('agent-waiting-for', { name: maren.name }))).toBeVisible();
    await look(ines, 'agent-waits-for-agent');
  });

  await test.step('Maren has a request for herself, declines the first, and accepts the second', async () => {
    await maren.chats.click();
    await expect(maren.row(ines.name)).toContainText(maren.t('agent-type', { is: 'personal' }));
    await look(maren, 'agent-personal-request');
    const decline = maren.t('agent-decline-whom', { is: 'personal', name: ines.name });
    await maren.row(ines.name).getByRole('button', { name: decline }).click();
    await expect(ines.talk(maren.name).log).toContainText('Maren Holt declined');
    await ines.talk(maren.name).putAway();
    await asks(ines, maren.name, FERRY);
    // The list kept still under the pointer.
    await maren.page.mouse.move(1000, 700);
    await maren.accept(ines.name).click();
    await ines.talk(maren.name).say('I cannot today.');
    await expectHeard(maren.talk(ines.name).log, [FERRY, 'I cannot today.']);
    await maren.talk(ines.name).say('Then I do.');
    await expectHeard(ines.talk(maren.name).log, [FERRY, 'I cannot today.', 'Then I do.']);
  });

  await test.step('Nobody writes notes among agents; one closes, and both find it in the archive', async () => {
    const talk = ines.talk(maren.name);
    await expect(talk.window.getByRole('radio')).toHaveCount(0);
    await talk.close();
    for (const [agent, other] of [
      [ines, maren],
      [maren, ines],
    ] as const) {
      await agent.goTo('agent-archive');
      await expect(agent.page.getByRole('main').getByRole('link', { name: other.name }).first()).toBeVisible();
    }
  });
  await desk.cli('verify');
});

test('Ines asks Hanne, who declines, is asked again, accepts in German, and ends it', async ({ cast, desk }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne', { language: 'de' });
  await ines.signIn();
  await hanne.signIn();
  const people = ines.page.getByRole('region', { name: ines.t('agent-people') });
  await people.getByRole('tab', { name: new RegExp(`^${ines.t('agent-people-tab', { is: 'customers' })}`) }).click();

  await test.step('The request stands bottom right with who asks and what', async () => {
    await asks(ines, hanne.name, BOOKING);
    await expect(hanne.page.getByText(BOOKING, { exact: true })).toBeVisible();
    await expect(hanne.page.getByText(hanne.t('customer-asks', { name: ines.name }), { exact: true })).toBeVisible();
    await look(hanne, 'customer-asked');
    await button(hanne, 'customer-decline-whom', ines.name).click();
    await expect(hanne.page.getByText(BOOKING, { exact: true })).toBeHidden();
    await expect(ines.talk(hanne.name).log).toContainText('Hanne Dahl declined');
    await ines.talk('Hanne Dahl, Wiebe Freight').putAway();
  });

  await test.step('Asked again she accepts, and they talk', async () => {
    await asks(ines, hanne.name, BOOKING);
    await button(hanne, 'customer-accept-whom', ines.name).click();
    const talk = ines.talk('Hanne Dahl, Wiebe Freight');
    await talk.say('It is here in Sandvik.');
    await expectHeard(hanne.asking.log, [BOOKING, 'It is here in Sandvik.']);
    await hanne.asking.say('Ja, bitte.');
    await expectHeard(talk.log, [BOOKING, 'It is here in Sandvik.', 'Ja, bitte.']);
    await look(hanne, 'customer-talks');
  });

  await test.step('Ines withdraws a third one before it is answered', async () => {
    const talk = ines.talk('Hanne Dahl, Wiebe Freight');
    await talk.close();
    await talk.putAway();
    await asks(ines, hanne.name, 'One more thing');
    await hanne.page.reload();
    await expect(hanne.page.getByText('One more thing', { exact: true })).toBeVisible();
    const notice = talk.window.getByRole('status').getByRole('button', { name: ines.t('agent-withdraw') });
    await notice.click();
    await ines.dialog.getByRole('button', { name: ines.t('agent-withdraw') }).click();
    await expect(hanne.page.getByText('One more thing', { exact: true })).toBeHidden();
  });
  await desk.cli('verify');
});

/** By the icon beside the name in the People widget. */
async function asks(agent: Agent, whom: string, text: string): Promise<void> {
  const { page, t, dialog } = agent;
  const people = page.getByRole('region', { name: t('agent-people') });
  await people.getByRole('button', { name: t('agent-chat-with', { name: whom }) }).click();
  await expect(dialog).toHaveAccessibleName(t('agent-request-chat-with', { name: whom }));
  await dialog.getByRole('textbox').fill(text);
  await dialog.getByRole('button', { name: t('agent-request-create') }).click();
  await expect(dialog).toBeHidden();
}

function button(customer: Customer, id: string, name: string): Locator {
  return customer.page.getByRole('button', { name: customer.t(id, { name }) });
}

async function look(person: Agent | Customer, view: string): Promise<void> {
  await checkByAxe(person.page, view);
  await shoot(person.page, view, 'light');
}
