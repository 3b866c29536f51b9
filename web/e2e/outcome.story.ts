import type { Agent, Talk } from './agent.ts';
import { expect, expectHeard, expectOneOrder, screened, test } from './story.ts';
import type { Visitor } from './visitor.ts';

const QUESTION = 'Is the 16:40 sailing still running with this wind?';
const ANSWER = 'Hello Priya. Yes, it sails, about 20 minutes late.';

test('Priya asks, Ines answers, and whatever breaks meanwhile nothing is lost, doubled or out of order', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  const said = [QUESTION];

  await test.step('Priya asks by the launcher of a web page of another site', async () => {
    await ines.signIn();
    await priya.visit(desk.site);
    const panel = await priya.open();
    await expect(panel.message).toBeFocused();
    await panel.begin(priya.name, QUESTION);
    await expect(priya.frame!.getByRole('status').getByText('You are next.')).toBeVisible();
  });

  await test.step('Ines sees one waiting, and the list opens by hovering, by a click and by the keyboard', async () => {
    await expect(ines.chats).toHaveAccessibleName('Chats 1 person waiting');
    await expect(ines.page).toHaveTitle(/^\(1\) /);
    await theListOpens(ines);
  });

  await test.step('She previews the request and accepts it', async () => {
    await ines
      .row(priya.name)
      .getByRole('button', { name: `Preview the request of ${priya.name}` })
      .click();
    await expect(ines.dialog).toHaveAccessibleName(priya.name);
    await expectHeard(ines.dialog.getByRole('log', { name: 'What was said so far' }), said);
    await ines.dialog.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(ines.dialog).toBeHidden();
    await expect(ines.talk(priya.name).composer).toBeFocused();
    await expect(ines.chats).toHaveAccessibleName('Chats');
    await expect(priya.panel.log).toContainText('Ines Vogt joined');
  });

  const talk = ines.talk(priya.name);
  await test.step('They talk, and each sees the other type', async () => {
    await theyTalk(talk, priya, said);
  });

  await test.step('What was not read is counted on both sides', async () => {
    await unreadIsCounted(talk, priya, said);
  });

  await test.step('A note for agents never reaches Priya', async () => {
    const frames: string[] = [];
    priya.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
    await priya.page.reload();
    await expectHeard(priya.panel.log, said);
    await talk.note('She sails with a bike, I think.');
    await expect(talk.log).toContainText('You, agents only');
    await talk.say('Bikes are free, by the way.');
    said.push('Bikes are free, by the way.');
    await expectHeard(priya.panel.log, said);
    expect(frames.join('\n')).toContain('Bikes are free');
    expect(frames.join('\n')).not.toContain('I think');
    expect(await priya.frame!.content()).not.toContain('I think');
  });

  await test.step('A reload shows each of them the same history', async () => {
    await priya.page.reload();
    await expectHeard(priya.panel.log, said);
    await ines.page.reload();
    await expectHeard(talk.log, said);
    await expect(talk.log).toContainText('She sails with a bike, I think.');
  });

  await test.step('Priya is without a network for a while, then Ines', async () => {
    await priya.loseNetwork();
    await priya.panel.say('I am in the tunnel now.');
    await expect(priya.frame!.getByText('Sending')).toBeVisible();
    await talk.say('The captain decides again at 15:30.');
    await priya.regainNetwork();
    await expectOneOrder(
      [talk.log, priya.panel.log],
      [['I am in the tunnel now.'], ['The captain decides again at 15:30.']],
    );

    await ines.loseNetwork();
    await expect(ines.page.getByText('Offline: your replies will be sent')).toBeVisible();
    await talk.say('I lost you for a moment.');
    await priya.panel.say('Are you still there?');
    await ines.regainNetwork();
    await expectOneOrder([talk.log, priya.panel.log], [['Are you still there?'], ['I lost you for a moment.']]);
    await ines.isLive();
  });

  await test.step('The server is killed while both write, and comes back', async () => {
    const [hers, ineses] = await theServerIsKilled(desk, talk, priya);
    await expectOneOrder([talk.log, priya.panel.log], [hers, ineses]);
    await expect(talk.log.getByText('Sending')).toHaveCount(0);
    await expect(priya.panel.log.getByText('Sending')).toHaveCount(0);
    await ines.isLive();
    said.push(...hers, ...ineses);
  });

  await test.step('Ines closes; Priya reads why, and may begin anew', async () => {
    await talk.close();
    await expect(priya.frame!.getByText('This conversation was ended by our side.')).toBeVisible();
    await expect(priya.panel.composer).toBeHidden();
    await expect(priya.panel.newConversation).toBeVisible();
    await expect(talk.composer).toBeHidden();
    await expect(talk.window).toContainText('Closed by an agent');
  });

  await test.step('The chat is in the archive, to be read and nothing else', async () => {
    await talk.putAway();
    await ines.goTo('agent-archive');
    const search = ines.page.getByRole('main').getByRole('searchbox', { name: ines.t('agent-archive-search') });
    await search.fill('nothing like this was said');
    await expect(ines.page.getByText('Nothing was found.')).toBeVisible();
    await search.fill(`${QUESTION.split(' ')[0]} priya`);
    await expect(ines.page.locator('mark').first()).toBeVisible();
    await ines.page.getByRole('main').getByRole('link', { name: priya.name }).click();
    const log = ines.page.getByRole('main').getByRole('log', { name: `Messages with ${priya.name}` });
    await expect(log).toContainText(QUESTION);
    await expect(log).toContainText(said.at(-1)!);
    await expect(ines.page.getByRole('main').getByRole('textbox')).toHaveCount(0);
    const last = log.getByRole('listitem').filter({ hasText: said.at(-1)! });
    await last.hover();
    await last.getByRole('button', { name: 'Remove this text' }).click();
    await ines.dialog.getByRole('button', { name: 'Remove text' }).click();
    await expect(log).toContainText(`${ines.name} removed a text`);
    await expect(log).not.toContainText(said.at(-1)!);
  });

  await desk.cli('verify');
});

async function theListOpens(ines: Agent): Promise<void> {
  await expect(ines.requests).toBeHidden();
  await ines.chats.hover();
  await expect(ines.requests).toBeVisible();
  await ines.page.mouse.move(1000, 20);
  await expect(ines.requests).toBeHidden();

  await ines.page.getByRole('link', { name: 'Home', exact: true }).focus();
  await ines.page.keyboard.press('Tab');
  await expect(ines.chats).toBeFocused();
  await expect(ines.requests).toBeVisible();
  await ines.page.keyboard.press('Escape');
  await expect(ines.requests).toBeHidden();

  await ines.chats.click();
  await expect(ines.requests).toBeVisible();
  await ines.page.mouse.move(1000, 20);
  const row = ines.row('Priya Raman');
  await expect(row).toContainText('Visitor');
  await expect(row).toContainText('Travel desk');
  await expect(row).toContainText(QUESTION);
}

async function theyTalk(talk: Talk, priya: Visitor, said: string[]): Promise<void> {
  await talk.composer.pressSequentially('Hello');
  await expect(priya.frame!.getByText('Ines Vogt is typing')).toBeVisible();
  await talk.say(ANSWER);
  await expectHeard(priya.panel.log, [...said, ANSWER]);
  await expect(priya.frame!.getByText('Ines Vogt is typing')).toBeHidden();

  await priya.panel.composer.pressSequentially('Thank you');
  await expect(talk.window.getByText('Priya Raman is typing')).toBeVisible();
  await priya.panel.composer.press('Shift+Enter');
  await priya.panel.composer.pressSequentially('and can I add a bike?');
  await priya.panel.composer.press('Enter');
  said.push(ANSWER, 'Thank you', 'and can I add a bike?');
  await expectHeard(talk.log, said);
  await expect(talk.window.getByText('Priya Raman is typing')).toBeHidden();
}

async function unreadIsCounted(talk: Talk, priya: Visitor, said: string[]): Promise<void> {
  const { page } = talk.agent;
  await expect(page).toHaveTitle(/^Home/);
  await talk.minimise();
  for (const text of ['It is a heavy one.', 'An electric one.']) {
    await priya.panel.say(text);
    said.push(text);
  }
  await expect(talk.bar).toContainText('2 unread');
  await expect(page).toHaveTitle(/^\(2\) /);
  await talk.bar.click();
  await expectHeard(talk.log, said);
  await expect(page).toHaveTitle(/^Home/);

  await priya.frame!.getByRole('button', { name: 'Hide chat' }).click();
  await expect.poll(async () => (await priya.launcher.seen())?.expanded).toBe(false);
  await talk.say('That is fine.');
  said.push('That is fine.');
  await expect.poll(async () => (await priya.launcher.seen())?.name).toBe('Chat with us (1 unread)');
  await priya.launcher.press();
  await expectHeard(priya.panel.log, said);
  await priya.frame!.getByRole('button', { name: 'Hide chat' }).click();
  await expect.poll(async () => (await priya.launcher.seen())?.name).toBe('Chat with us');
  await priya.launcher.press();
}

/** Both go on writing while it dies, while it is dead, and while it comes back. */
async function theServerIsKilled(
  desk: { kill(): Promise<void>; restart(): Promise<void> },
  talk: Talk,
  priya: Visitor,
): Promise<[hers: string[], ineses: string[]]> {
  screened(priya.context).expectTrouble();
  screened(talk.agent.context).expectTrouble();
  const hers = Array.from({ length: 12 }, (_, n) => `Priya's line ${String(n + 1).padStart(2, '0')}`);
  const ineses = Array.from({ length: 12 }, (_, n) => `Ines's line ${String(n + 1).padStart(2, '0')}`);
  const write = async (who: { say(text: string): Promise<void> }, lines: string[]) => {
    for (const line of lines) await who.say(line);
  };
  await Promise.all([write(priya.panel, hers.slice(0, 4)), write(talk, ineses.slice(0, 4))]);
  await Promise.all([desk.kill(), write(priya.panel, hers.slice(4, 8)), write(talk, ineses.slice(4, 8))]);
  await expect(priya.panel.log.getByText('Sending').first()).toBeVisible();
  await Promise.all([desk.restart(), write(priya.panel, hers.slice(8)), write(talk, ineses.slice(8))]);
  return [hers, ineses];
}
