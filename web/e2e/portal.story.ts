import { expect, expectHeard, screened, test } from './story.ts';
import { Asking } from './visitor.ts';

const TRAILER = 'Our second trailer is missing from booking 88-2041.';

test('Hanne signs in to the portal, chooses who shall answer, talks, and reads it again later', async ({ cast }) => {
  const chidi = await cast.agent('chidi');
  const hanne = await cast.customer('hanne');
  await chidi.signIn();

  await test.step('A wrong password is told, the right one lets her in', async () => {
    screened(hanne.context).expectRefusal(401);
    await hanne.page.goto(hanne.address);
    await hanne.page.getByLabel('Login').fill(hanne.login);
    await hanne.page.getByLabel('Password').fill('not this one');
    await hanne.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(hanne.page.getByRole('alert')).toHaveText(
      'Login and password do not match. Check both and try again.',
    );
    await hanne.signIn();
    await expect(hanne.page.getByText('There are none yet.')).toBeVisible();
  });

  await test.step('She begins a conversation with Freight, where somebody is', async () => {
    await hanne.corner.click();
    await expect(hanne.asking.message).toBeFocused();
    await hanne.asking.message.fill(TRAILER);
    await expect(hanne.asking.nameField).toBeHidden();
    await hanne.channel('Travel desk').check();
    await expect(hanne.asking.leave).toBeVisible();
    await expect(hanne.window.getByText('Nobody is there for this right now.')).toBeVisible();
    await hanne.channel('Freight').check();
    await hanne.asking.start.click();
    await expect(hanne.window.getByText('You are next.')).toBeVisible();
  });

  const talk = chidi.talk('Hanne Dahl, Wiebe Freight');
  await test.step('Chidi sees who she is, and they talk', async () => {
    await chidi.chats.click();
    await expect(chidi.row(hanne.name)).toContainText('Customer');
    await expect(chidi.row(hanne.name)).toContainText('Wiebe Freight');
    await expect(chidi.row(hanne.name)).toContainText('Freight');
    await chidi.accept(hanne.name).click();
    await talk.say('I am looking for it.');
    await expectHeard(hanne.asking.log, [TRAILER, 'I am looking for it.']);
    await hanne.asking.say('Thank you.');
    await expectHeard(talk.log, [TRAILER, 'I am looking for it.', 'Thank you.']);
    await hanne.page.reload();
    await hanne.corner.click();
    await expectHeard(hanne.asking.log, [TRAILER, 'I am looking for it.', 'Thank you.']);
  });

  await test.step('She ends it, and reads it among her past conversations', async () => {
    await hanne.window.getByRole('button', { name: 'End', exact: true }).click();
    await hanne.window.getByRole('button', { name: 'End conversation' }).click();
    await expect(hanne.window.getByText('You have ended this conversation.')).toBeVisible();
    await expect(talk.window).toContainText('Ended by the other side');
    await hanne.corner.click();
    const past = hanne.page.getByRole('region', { name: 'Past conversations' });
    await past.getByRole('link', { name: 'Chidi Okafor' }).click();
    await expect(hanne.page.getByRole('heading', { level: 1 })).toHaveText('Chidi Okafor');
    await expectHeard(hanne.page.getByRole('main').getByRole('log'), [TRAILER, 'I am looking for it.', 'Thank you.']);
    await expect(hanne.page.getByRole('main').getByRole('textbox')).toHaveCount(0);
  });

  await test.step('Signed out, she sees nothing of it any more', async () => {
    await hanne.page.getByRole('button', { name: 'Sign out' }).click();
    await expect(hanne.page.getByLabel('Password')).toBeVisible();
    await hanne.page.reload();
    await expect(hanne.page.getByLabel('Password')).toBeVisible();
    await expect(hanne.page.getByText(TRAILER)).toHaveCount(0);
  });
});

test('The public page of a snippet is the same chat without a host page', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  await ines.signIn();
  await priya.visit(`${desk.url}/chat/skerry-ferries`);
  const page = new Asking(priya.page, priya.t);
  await page.begin(priya.name, 'Is there a ramp?');
  const talk = await ines.take(priya.name);
  await talk.say('There is one at gate 4.');
  await expectHeard(page.log, ['Is there a ramp?', 'There is one at gate 4.']);
  await page.say('Thank you!');
  await expectHeard(talk.log, ['Is there a ramp?', 'There is one at gate 4.', 'Thank you!']);
  await priya.page.reload();
  await expectHeard(page.log, ['Is there a ramp?', 'There is one at gate 4.', 'Thank you!']);
});
