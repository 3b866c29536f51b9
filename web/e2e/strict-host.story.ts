import { theyMeet, theyTalk } from './meet.ts';
import { expect, screened, test } from './story.ts';
import type { Visitor } from './visitor.ts';

test('On a page that forbids nearly everything, and without storage in the frame, the whole story goes on', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  await ines.signIn();
  const priya = await cast.visitor();
  const response = await priya.page.goto(`${desk.site}/strict`);
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
  expect(response?.headers()['content-security-policy']).toContain("trusted-types 'none'");

  await test.step('Nothing is stored on the page before the first message is sent', async () => {
    const panel = await priya.open();
    await panel.message.fill('I have not sent this yet.');
    await panel.nameField.fill(priya.name);
    await priya.frame!.getByRole('button', { name: 'Hide chat' }).click();
    await expect.poll(async () => (await priya.launcher.seen())?.expanded).toBe(false);
    expect(await keptByHost(priya)).toEqual({ local: [], session: [], cookies: '', databases: 0 });
    expect(await priya.context.cookies()).toEqual([]);
    expect(await frameHasStorage(priya), 'the frame has no storage of its own').toBe(false);
    await priya.page.reload();
  });

  await theyMeet(ines, priya);

  await test.step('Over a reload and a kill the page keeps what the frame cannot', async () => {
    await priya.panel.newConversation.click();
    await priya.panel.begin(undefined, 'And back at 19:30?');
    const talk = await ines.take(priya.name);
    screened(priya.context).expectTrouble();
    screened(ines.context).expectTrouble();
    await desk.kill();
    await priya.panel.say('Hello?');
    await expect(priya.frame!.getByText('Sending')).toBeVisible();
    await desk.restart();
    await priya.page.reload();
    await expect(priya.panel.log.getByText('Hello?')).toHaveCount(1);
    await theyTalk(talk, priya);
    await expect(talk.log.getByText('Hello?')).toHaveCount(1);
    expect(await frameHasStorage(priya)).toBe(false);
    const { local, cookies, databases } = await keptByHost(priya);
    expect([local.length, cookies, databases], 'one token and nothing else').toEqual([1, '', 0]);
  });
});

function keptByHost(priya: Visitor) {
  return priya.page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
  }));
}

function frameHasStorage(priya: Visitor): Promise<boolean> {
  return priya.frame!.evaluate(() => {
    try {
      return localStorage !== null;
    } catch {
      return false;
    }
  });
}
