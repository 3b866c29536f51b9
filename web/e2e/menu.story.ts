import type { Agent } from './agent.ts';
import { expect, expectHeard, test } from './story.ts';

const QUESTION = 'May a dog come along?';

for (const language of ['en', 'de'] as const) {
  test(`Each thing that can be done with a request and a chat is done, in ${language}`, async ({ desk, cast }) => {
    const [ines, maren] = [await cast.agent('ines', { language }), await cast.agent('maren', { language })];
    const priya = await cast.visitor();
    await Promise.all([ines.signIn(), maren.signIn()]);
    await priya.visit(desk.site);
    const panel = await priya.open();
    await panel.begin(priya.name, QUESTION);
    const { t, page, dialog, requests } = ines;
    const said = [QUESTION];

    await test.step('Ines hides the request for herself; Maren still has it, and Ines shows it again', async () => {
      await ines.chats.click();
      await button(ines, ines.row(priya.name), 'agent-hide-whom', priya.name).click();
      // A list keeps still under the pointer.
      await page.mouse.move(1000, 700);
      await expect(requests.getByText(t('agent-nobody-waits'))).toBeVisible();
      await maren.chats.click();
      await expect(maren.row(priya.name)).toBeVisible();
      await maren.page.keyboard.press('Escape');
      await filter(ines, 'all').click();
      await expect(ines.row(priya.name)).toBeHidden();
      await filter(ines, 'hidden').click();
      await button(ines, ines.row(priya.name), 'agent-show-again-whom', priya.name).click();
      await page.mouse.move(1000, 700);
      await expect(filter(ines, 'hidden')).toContainText('0');
      await filter(ines, 'mine').click();
    });

    await test.step('She moves it to another channel before anybody accepts', async () => {
      await button(ines, ines.row(priya.name), 'agent-preview', priya.name).click();
      await expectHeard(dialog.getByRole('log'), said);
      await dialog.getByLabel(t('agent-move-to')).selectOption('Default');
      await dialog.getByRole('button', { name: t('agent-move'), exact: true }).click();
      await expect(page.getByText(t('agent-moved', { name: priya.name, channel: 'Default' }))).toBeVisible();
    });

    const talk = ines.talk(priya.name);
    await expect(ines.row(priya.name)).toContainText('Default');
    await ines.accept(priya.name).click();
    await expect(talk.window).toContainText('Default');
    await test.step('Maren joins; Ines only watches, and Priya reads that she left and came back', async () => {
      await talk.pick('agent-invite');
      await dialog.getByRole('radio', { name: maren.name }).check();
      await dialog.getByRole('button', { name: t('agent-invite'), exact: true }).click();
      await maren.chats.click();
      await button(maren, maren.row(ines.name), 'agent-join-whom', ines.name).click();
      const role = maren.t('agent-join-as', { role: 'participant' });
      await maren.page.getByRole('menuitem', { name: role }).click();
      await expect(panel.log).toContainText('Maren Holt joined');
      await talk.pick('agent-to-observer');
      await expect(panel.log).toContainText('Ines Vogt left');
      await talk.pick('agent-to-participant');
      await expect(panel.log.getByText('Ines Vogt joined')).toHaveCount(2);
    });

    await test.step('She takes the chat to another channel, and everybody stays', async () => {
      await maren.talk(priya.name).say('Dogs are welcome on deck.');
      said.push('Dogs are welcome on deck.');
      await talk.pick('agent-change-channel');
      await dialog.getByLabel(t('agent-move-to')).selectOption('Travel desk');
      await dialog.getByRole('button', { name: t('agent-change-channel'), exact: true }).click();
      await expect(dialog).toBeHidden();
      for (const agent of [ines, maren]) await expect(agent.talk(priya.name).window).toContainText('Travel desk');
      await expectHeard(panel.log, said);
    });

    await test.step('She says what she wants to be told of', async () => {
      for (const is of ['off', 'customer', 'all'] as const) {
        await talk.window.getByRole('button', { name: new RegExp(`^${t('agent-notify')}`) }).click();
        await page.getByRole('menuitemradio', { name: t('agent-notify-about', { is }) }).click();
        const name = `${t('agent-notify')}: ${t('agent-notify-about', { is })}`;
        await expect(talk.window.getByRole('button', { name, exact: true })).toBeVisible();
      }
    });

    await test.step('In a window of its own the chat goes on, and is closed from its menu', async () => {
      const opened = page.waitForEvent('popup');
      await talk.pick('agent-own-window');
      const own = await opened;
      const window = own.getByRole('region', { name: t('agent-chat-with', { name: priya.name }) });
      await expectHeard(window.getByRole('log'), said);
      await window.getByRole('textbox').fill('On a lead, please.');
      await own.keyboard.press('Enter');
      said.push('On a lead, please.');
      await expectHeard(panel.log, said);
      await window.getByRole('button', { name: t('agent-chat-menu') }).click();
      await expect(own.getByRole('menuitem', { name: t('agent-own-window') })).toHaveCount(0);
      await own.getByRole('menuitem', { name: t('agent-close-chat') }).click();
      await own
        .getByRole('dialog')
        .getByRole('button', { name: t('agent-close-chat') })
        .click();
      await expect(priya.frame!.getByText(priya.t('widget-closed', { reason: 'by_agent' }))).toBeVisible();
      const gone = own.waitForEvent('close');
      await window
        .getByRole('button', { name: t('agent-put-away') })
        .first()
        .click();
      await gone;
    });
    await desk.cli('verify');
  });
}

function filter({ requests, t }: Agent, is: 'mine' | 'all' | 'hidden') {
  return requests.getByRole('button', { name: new RegExp(`^${t(`agent-filter-${is}`)}`) });
}

function button(agent: Agent, within: ReturnType<Agent['row']>, id: string, name: string) {
  return within.getByRole('button', { name: agent.t(id, { name }) });
}
