import { expect, expectHeard, test } from './story.ts';

test('Ines is lost with her browser: Priya is told kindly, and Maren takes over with everything that was said', async ({
  desk,
  cast,
}) => {
  await desk.cli('set', 'lease_s', '8');
  const ines = await cast.agent('ines');
  const maren = await cast.agent('maren');
  await ines.signIn();
  await maren.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  const talk = await ines.take(priya.name);
  await talk.say('I am asking at the pier.');
  await talk.note('The pier does not answer the telephone.');
  await expectHeard(panel.log, ['Is there a ramp?', 'I am asking at the pier.']);
  await expect(talk.log).toContainText('The pier does not answer the telephone.');

  await ines.context.close();
  await expect(priya.frame!.getByText('The other side has lost the connection.')).toBeVisible({ timeout: 20_000 });
  await expect(panel.log).toContainText('Thank you for waiting. Somebody else will take over.', { timeout: 20_000 });
  await expect(maren.chats).toHaveAccessibleName('Chats 1 person waiting');

  const marens = await maren.take(priya.name);
  await expect(panel.log).toContainText('Maren Holt joined');
  await expect(marens.log).toContainText('The agent was gone too long: the chat went back to the channel');
  await expect(marens.log).toContainText('The pier does not answer the telephone.');
  await marens.say('There is one at gate 4.');
  await expectHeard(panel.log, ['Is there a ramp?', 'I am asking at the pier.', 'There is one at gate 4.']);

  await test.step('Maren signs out, after a question, and the chat waits again', async () => {
    const { page } = maren;
    await page.getByRole('button', { name: `Personalization: ${maren.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(maren.dialog).toContainText('You have 1 running chat. It goes back to its channel');
    await maren.dialog.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByText('You are signed out.')).toBeVisible();
    await expect(priya.frame!.getByRole('status').getByText('You are next.')).toBeVisible();
  });
});

test('What Priya has written when the chat is closed is not lost to her', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  await ines.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  const talk = await ines.take(priya.name);
  await talk.say('There is one at gate 4.');
  await expectHeard(panel.log, ['Is there a ramp?', 'There is one at gate 4.']);

  await test.step('What is on its way comes back as not sent', async () => {
    await priya.loseNetwork();
    await panel.say('At both piers?');
    await expect(panel.log.getByText('Sending')).toBeVisible();
    await talk.close();
    await priya.regainNetwork();
    await expect(priya.frame!.getByText('This conversation was ended by our side.')).toBeVisible({ timeout: 20_000 });
    await expect(panel.log).toContainText('Not sent. This chat is closed. Your text is kept.');
    await expect(panel.log.getByRole('button', { name: 'Copy text' })).toBeVisible();
    expect(await talk.log.innerText()).not.toContain('At both piers?');
  });

  await test.step('What was being typed goes into a new conversation', async () => {
    await talk.putAway();
    await panel.newConversation.click();
    await panel.begin(undefined, 'Is there a lift?');
    const second = await ines.take(priya.name);
    await panel.composer.fill('I have two more questi');
    await second.close();
    await expect(priya.frame!.getByText('What you typed goes into the new one.')).toBeVisible();
    await panel.newConversation.click();
    await expect(panel.message).toHaveValue('I have two more questi');
  });
});

test('Nobody answers for long: Priya is asked whether she goes on waiting', async ({ desk, cast }) => {
  await desk.cli('set', 'no_answer_s', '3');
  const ines = await cast.agent('ines');
  await ines.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  await expect(priya.frame!.getByText('Nobody could answer yet, and we are sorry for that.')).toBeVisible();
  await panel.keepWaiting.click();
  await expect(priya.frame!.getByText('We keep your place and go on looking for somebody.')).toBeVisible();

  await priya.frame!.getByRole('button', { name: 'End', exact: true }).click();
  await priya.frame!.getByRole('button', { name: 'End conversation' }).click();
  await expect(priya.frame!.getByText('You ended this conversation before somebody answered.')).toBeVisible();
  await expect(ines.chats).toHaveAccessibleName('Chats');
});
