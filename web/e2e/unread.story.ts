import { expect, test } from './story.ts';

test('Unread counts are right on every device, also where the chat was never opened', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const atHome = await cast.agent('ines');
  await ines.signIn();
  await atHome.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  const talk = await ines.take(priya.name);
  await talk.minimise();

  for (const text of ['At both piers?', 'It is for a wheelchair.']) await panel.say(text);
  for (const device of [ines, atHome]) {
    await expect(device.talk(priya.name).bar).toContainText('2 unread');
    await expect(device.page).toHaveTitle(/^\(2\) /);
    const line = device.page.getByRole('main').getByRole('button', { name: priya.name });
    await expect(line).toContainText('It is for a wheelchair.');
  }

  await atHome.talk(priya.name).bar.click();
  await expect(ines.talk(priya.name).bar).not.toContainText('unread');
  for (const device of [ines, atHome]) await expect(device.page).toHaveTitle(/^Home/);

  // Whoever asked sees that she has read it, and she that her answer was read.
  await expect(panel.log.getByRole('listitem').filter({ hasText: 'It is for a wheelchair.' })).toContainText('Seen');
  await atHome.talk(priya.name).say('There is, at both.');
  const answer = atHome.talk(priya.name).log.getByRole('listitem').filter({ hasText: 'There is, at both.' });
  await expect(answer).toContainText('Read');
  await expect(panel.log).toContainText('There is, at both.');

  await ines.page.reload();
  await ines.isLive();
  await atHome.talk(priya.name).minimise();
  await panel.say('Thank you!');
  for (const device of [ines, atHome]) {
    await expect(device.talk(priya.name).bar).toContainText('1 unread');
    await expect(device.page).toHaveTitle(/^\(1\) /);
  }
});
