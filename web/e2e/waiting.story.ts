import type { Agent } from './agent.ts';
import { checkByAxe, shoot } from './look.ts';
import { expect, screened, seek, test } from './story.ts';

const BIKE = 'Do I need to reserve a place for my bike?';
const TRAILER = 'Our second trailer is missing from booking 88-2041.';

/** Ines finds the ticket of this number: one message, by `author`. */
async function expectTicket(ines: Agent, told: string | null, author: string, texts: readonly string[]): Promise<void> {
  const number = told?.match(/\d{16}/)?.[0] ?? '';
  await ines.goTo('agent-tickets');
  const main = ines.page.getByRole('main');
  const found = main.getByRole('row', { name: author }).getByRole('link');
  await seek(main.getByRole('searchbox', { name: ines.t('agent-tickets-search') }), number, found);
  await found.click();
  await expect(main.getByText(number, { exact: true })).toBeVisible();
  const article = main.getByRole('article');
  await expect(article.getByRole('heading')).toHaveText(author);
  for (const text of texts) await expect(article).toContainText(text);
}

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
  await panel.message.fill(BIKE);
  await panel.nameField.fill(priya.name);

  const ines = await cast.agent('ines');
  await ines.signIn();
  await expect(panel.start).toBeEnabled({ timeout: 20_000 });
  await expect(priya.frame!.getByText('Nobody is free right now.')).toBeHidden();
  await expect(panel.message).toHaveValue(BIKE);
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

test('Nobody answers Priya: she leaves it as a message, waits no longer, and Ines finds it as a ticket', async ({
  desk,
  cast,
}) => {
  await desk.cli('set', 'no_answer_s', '3');
  const ines = await cast.agent('ines');
  await ines.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, BIKE);
  await expect(ines.chats).toHaveAccessibleName('Chats 1 person waiting');

  await test.step('She looks at it, and waits on', async () => {
    await panel.leaveInstead.click();
    await expect(panel.message).toHaveValue(BIKE);
    await expect(panel.nameField).toBeHidden();
    await shoot(priya.page, 'widget-leave-instead', 'light');
    await panel.keepWaiting.click();
    await expect(panel.log).toContainText(BIKE);
    await expect(ines.chats).toHaveAccessibleName('Chats 1 person waiting');
  });

  await test.step('Then she leaves it, and nobody has to accept it any more', async () => {
    await panel.leaveInstead.click();
    await panel.leave.click();
    await expect(priya.frame!.getByText(/it has the ticket number \d{16}/)).toBeVisible();
    await expect(panel.log).toBeHidden();
    await expect(ines.chats).toHaveAccessibleName('Chats');
  });

  const told = await priya.frame!.getByText(/it has the ticket number/).textContent();
  await expectTicket(ines, told, priya.name, [BIKE]);
  await panel.newConversation.click();
  await expect(panel.message).toHaveValue('');
});

test('Nobody answers Hanne: she leaves it as a message, reads her ticket, and Ines has it, too', async ({
  desk,
  cast,
}) => {
  await desk.cli('set', 'no_answer_s', '3');
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { asking, page, t } = hanne;
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await asking.begin(undefined, TRAILER);
  await expect(ines.chats).toHaveAccessibleName('Chats 1 person waiting');
  const more = 'It has the number 17.';

  await test.step('What she goes on to write goes along', async () => {
    await asking.composer.fill(more);
    await asking.leaveInstead.click();
    await expect(asking.message).toHaveValue(`${TRAILER}\n\n${more}`);
    await checkByAxe(page, 'portal-leave-instead');
    await shoot(page, 'portal-leave-instead', 'light');
    await asking.leave.click();
    await expect(hanne.window.getByText(/it has the ticket number \d{16}/)).toBeVisible();
    await expect(ines.chats).toHaveAccessibleName('Chats');
  });

  const told = await hanne.window.getByText(/it has the ticket number/).textContent();
  await test.step('She reads it in the portal', async () => {
    await hanne.window.getByRole('link', { name: t('customer-ticket-show') }).click();
    await expect(page.getByRole('main').getByText(more)).toBeVisible();
  });
  await expectTicket(ines, told, hanne.name, [TRAILER, more]);
});
