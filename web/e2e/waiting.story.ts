import { expect, screened, test } from './story.ts';

test('Nobody is there: Priya is told before she types, and what she types is kept until somebody is', async ({
  desk,
  cast,
}) => {
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await expect(priya.frame!.getByRole('status').getByText('Nobody is free right now.')).toBeVisible();
  await expect(panel.leave).toBeVisible();
  await expect(panel.start).toBeHidden();
  await panel.message.fill('Do I need to reserve a place for my bike?');
  await panel.nameField.fill(priya.name);

  const ines = await cast.agent('ines');
  await ines.signIn();
  await expect(panel.start).toBeEnabled({ timeout: 20_000 });
  await expect(priya.frame!.getByText('Nobody is free right now.')).toBeHidden();
  await expect(panel.message).toHaveValue('Do I need to reserve a place for my bike?');
  await panel.start.click();
  await ines.take(priya.name);
});

test('An agent who takes no chats is told why she cannot accept, and changes it there', async ({ desk, cast }) => {
  const maren = await cast.agent('maren');
  const ines = await cast.agent('ines');
  await maren.signIn();
  await ines.signIn();
  await ines.setAvailability('unavailable');
  await expect(ines.page.getByText('You will receive: nothing.')).toBeVisible();

  const priya = await cast.visitor();
  await priya.visit(desk.site);
  await (await priya.open()).begin(priya.name, 'Is there a ramp?');

  await ines.chats.click();
  await ines.requests.getByRole('button', { name: 'All channels' }).click();
  const accept = ines.accept(priya.name);
  await expect(accept).toBeDisabled();
  await expect(accept).toHaveAccessibleDescription('You are not taking chats. Make yourself available first.');
  await ines.requests.getByRole('button', { name: 'Make me available' }).click();
  await expect(accept).toBeEnabled();
  await accept.click();
  await expect(ines.talk(priya.name).composer).toBeFocused();
});

test('Of two agents who accept at once one has the chat, and the other is told who', async ({ desk, cast }) => {
  const maren = await cast.agent('maren');
  const ines = await cast.agent('ines');
  await maren.signIn();
  await ines.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  await (await priya.open()).begin(priya.name, 'Is there a ramp?');

  // Maren presses first, but her way to the server is longer.
  screened(maren.context).expectRefusal(409);
  let overtaken = () => {};
  const inesHasIt = new Promise<void>((done) => {
    overtaken = done;
  });
  await maren.page.route('**/accept', async (route) => {
    await inesHasIt;
    await route.continue();
  });
  await maren.chats.click();
  await maren.accept(priya.name).click();
  await ines.take(priya.name);
  overtaken();
  await expect(
    maren.page.getByText('Ines Vogt took this chat a moment earlier. Nobody else is waiting.'),
  ).toBeVisible();
  await expect(maren.talk(priya.name).window).toBeHidden();
  await expect(maren.chats).toHaveAccessibleName('Chats');
  await expect(priya.panel.log).toContainText('Ines Vogt joined');
});
