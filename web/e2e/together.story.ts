import type { Agent, Talk } from './agent.ts';
import { checkByAxe, shoot } from './look.ts';
import { expect, expectHeard, test } from './story.ts';

const QUESTION = 'Can we bring a tandem and two bikes?';

test('Ines asks Maren in and Tove to watch; Priya reads of Maren alone, and Ines can go', async ({ desk, cast }) => {
  const [ines, maren, tove] = [await cast.agent('ines'), await cast.agent('maren'), await cast.agent('tove')];
  const priya = await cast.visitor();
  await Promise.all([ines.signIn(), maren.signIn(), tove.signIn()]);
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, QUESTION);
  const talk = await ines.take(priya.name);
  await talk.say('One moment, I ask a colleague.');
  const said = [QUESTION, 'One moment, I ask a colleague.'];

  await test.step('The last agent learns why she cannot leave or only watch', async () => {
    await talk.menu();
    const leave = ines.page.getByRole('menuitem', { name: ines.t('agent-leave') });
    await expect(leave).toBeDisabled();
    await expect(leave).toContainText(ines.t('agent-why-last', { among: 'no' }));
    await ines.page.keyboard.press('Escape');
  });

  await test.step('Ines invites Maren with a note, and Tove, who may only observe', async () => {
    await invites(ines, talk, maren.name, 'She knows the tandem rules.');
    await expect(talk.log).toContainText('She knows the tandem rules.');
    await invites(ines, talk, tove.name);
  });

  await test.step('Maren reads what was said, and joins', async () => {
    await expect(maren.chats).toHaveAccessibleName('Chats 1 person waiting');
    await maren.chats.click();
    await expect(maren.row(ines.name)).toContainText('Invitation');
    await look(maren, 'agent-invitation');
    await expect(maren.row(ines.name)).toContainText('She knows the tandem rules.');
    await maren
      .row(ines.name)
      .getByRole('button', { name: maren.t('agent-preview', { name: ines.name }) })
      .click();
    await expectHeard(maren.dialog.getByRole('log'), said);
    await maren.page.keyboard.press('Escape');
    await maren
      .row(ines.name)
      .getByRole('button', { name: maren.t('agent-join-whom', { name: ines.name }) })
      .click();
    await maren.page.getByRole('menuitem', { name: maren.t('agent-join-as', { role: 'participant' }) }).click();
    await expect(priya.panel.log).toContainText('Maren Holt joined');
  });

  await test.step('Tove watches: Priya sees nothing of it, whatever Tove does', async () => {
    await tove.chats.click();
    await tove
      .row(ines.name)
      .getByRole('button', { name: tove.t('agent-join-whom', { name: ines.name }) })
      .click();
    const watched = tove.talk(priya.name);
    await expectHeard(watched.log, said);
    await expect(talk.log).toContainText('Tove Lind joined as observer');
    const note = watched.window.getByRole('textbox', { name: tove.t('chat-note-prompt') });
    await note.fill('I did not know that.');
    await expect(talk.window.getByText('Tove Lind is typing')).toBeVisible();
    await watched.window.getByRole('button', { name: tove.t('chat-add-note') }).click();
    await expect(talk.log).toContainText('I did not know that.');
    await look(ines, 'agent-three');
    await look(tove, 'agent-observer');
    expect(await priya.frame!.content()).not.toContain('Tove');
  });

  await test.step('Maren answers, Ines leaves, and the chat goes on', async () => {
    const hers = maren.talk(priya.name);
    await hers.say('Up to four bikes, and a tandem counts as two.');
    said.push('Up to four bikes, and a tandem counts as two.');
    await expectHeard(priya.panel.log, said);
    await talk.pick('agent-leave');
    await ines.dialog.getByRole('button', { name: ines.t('agent-leave') }).click();
    await expect(talk.window).toBeHidden();
    await expect(priya.panel.log).toContainText('Ines Vogt left');
    await priya.panel.say('Perfect, thank you.');
    said.push('Perfect, thank you.');
    await expectHeard(hers.log, said);
  });

  await test.step('Maren watches no longer alone: she hands back, and Ines has all of it again', async () => {
    const hers = maren.talk(priya.name);
    await hers.pick('agent-hand-back');
    await maren.dialog.getByRole('button', { name: maren.t('agent-hand-back-go') }).click();
    await expectHeard((await ines.take(priya.name)).log, said);
    await talk.close();
  });
  await desk.cli('verify');
});

async function look(person: Agent, view: string): Promise<void> {
  await checkByAxe(person.page, view);
  await shoot(person.page, view, 'light');
}

async function invites(agent: Agent, talk: Talk, whom: string, note?: string): Promise<void> {
  const { t, dialog } = agent;
  await talk.pick('agent-invite');
  await expect(dialog).toHaveAccessibleName(t('agent-invite-title'));
  await dialog.getByRole('radio', { name: whom }).check();
  await look(agent, 'agent-invite');
  if (note !== undefined) await dialog.getByRole('textbox', { name: t('agent-invite-note') }).fill(note);
  await dialog.getByRole('button', { name: t('agent-invite'), exact: true }).click();
  await expect(dialog).toBeHidden();
}
