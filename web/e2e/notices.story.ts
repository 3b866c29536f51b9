import type { Page } from '@playwright/test';
import type { Agent } from './agent.ts';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import type { Person } from './person.ts';
import { expect, test } from './story.ts';

interface Shown {
  title: string;
  body: string;
  tag: string;
}

/** Lets the browser notify, and writes down what it is told to do in each tab while its person looks elsewhere. */
async function looksElsewhere(person: Person): Promise<void> {
  await person.context.grantPermissions(['notifications']);
  await person.context.addInitScript(() => {
    // The empty page that a tab begins with has none of it.
    if (!('serviceWorker' in navigator)) return;
    const told: string[] = [];
    let rang = 0;
    document.hasFocus = () => false;
    const { showNotification } = ServiceWorkerRegistration.prototype;
    ServiceWorkerRegistration.prototype.showNotification = function (title, options) {
      told.push(title);
      return showNotification.call(this, title, options);
    };
    const Audible = AudioContext;
    class Heard extends Audible {
      constructor() {
        super();
        rang++;
      }
    }
    Object.assign(window, { AudioContext: Heard, told, rang: () => rang });
  });
}

/** The notifications that the browser shows through the service worker. */
function shown(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
  });
}

const told = (page: Page) => page.evaluate(() => (window as unknown as { told: string[] }).told);
const rang = (page: Page) => page.evaluate(() => (window as unknown as { rang: () => number }).rang());

/** Clicks on the notification of a chat, as far as a script can. */
async function click(person: Person, tag: string): Promise<void> {
  const [worker] = person.context.serviceWorkers();
  await worker!.evaluate(async (tag) => {
    const at = globalThis as unknown as { registration: ServiceWorkerRegistration } & EventTarget;
    const [notification] = await at.registration.getNotifications({ tag });
    const event = Object.assign(new Event('notificationclick'), { notification, waitUntil: () => {} });
    at.dispatchEvent(event);
  }, tag);
}

/** The same while no tab is open; answers with the address that would be opened. */
async function clickWithoutTabs(agent: Agent, tag: string): Promise<string> {
  const [worker] = agent.context.serviceWorkers();
  await worker!.evaluate(() => {
    const { clients } = globalThis as unknown as { clients: Record<string, unknown> };
    clients.matchAll = async () => [];
    clients.openWindow = async (address: string) => Object.assign(globalThis, { opened: address });
  });
  await click(agent, tag);
  const opened = () => worker!.evaluate(() => (globalThis as unknown as { opened?: string }).opened);
  await expect.poll(opened).toBeDefined();
  return (await opened())!;
}

test('Two tabs in the background tell of a request once, and of nothing any more when somebody else takes it', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines', { language: 'de' });
  await looksElsewhere(ines);
  const maren = await cast.agent('maren');
  for (const agent of [ines, maren]) await agent.signIn();
  const other = await ines.context.newPage();
  await other.goto(ines.address);
  await expect(other.getByRole('banner').getByText(ines.t('common-live'), { exact: true })).toBeVisible();
  await ines.page.getByRole('main').click();

  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  const title = 'Priya Raman wartet in Travel desk';
  await expect.poll(() => shown(ines.page)).toMatchObject([{ title, body: 'Is there a ramp?' }]);
  for (const tab of [ines.page, other]) await expect(tab).toHaveTitle(/^\(1\) /);
  const [{ tag }] = (await shown(other)) as [Shown];
  expect(await chatsThatWait(ines.page)).toEqual([tag]);
  expect([await rang(ines.page), await rang(other)]).toEqual([1, 0]);

  await maren.take(priya.name);
  await expect.poll(() => shown(other)).toEqual([]);
  await expect(other).not.toHaveTitle(/^\(/);
  expect([...(await told(ines.page)), ...(await told(other))]).toEqual([title]);
});

test('Who was told is not told again after a reload, and a click shows the chat', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  await looksElsewhere(ines);
  await ines.signIn();
  const priya = await cast.visitor();
  await priya.visit(desk.site);
  const panel = await priya.open();
  await panel.begin(priya.name, 'Is there a ramp?');
  await expect.poll(() => told(ines.page)).toEqual(['Priya Raman is waiting in Travel desk']);

  await ines.page.reload();
  await ines.isLive();
  const talk = await ines.take(priya.name);
  await talk.minimise();
  await panel.say('At both piers?');
  await expect.poll(() => told(ines.page)).toEqual(['Priya Raman']);
  const [{ tag }] = (await shown(ines.page)) as [Shown];

  await click(ines, tag);
  await expect(talk.window).toBeVisible();
  await expect(talk.composer).toBeFocused();
  await expect.poll(() => shown(ines.page)).toEqual([]);

  await talk.minimise();
  await panel.say('And at the terminal?');
  await expect.poll(() => shown(ines.page)).toMatchObject([{ tag, body: 'And at the terminal?' }]);
  await ines.page.goto(await clickWithoutTabs(ines, tag));
  await expect(talk.window).toBeVisible();
  expect(ines.page.url()).toBe(ines.address);
});

test('Hanne is told in the portal that Maren answers, and a click shows it', async ({ cast }) => {
  const hanne = await cast.customer('hanne');
  await looksElsewhere(hanne);
  await hanne.signIn();
  const maren = await cast.agent('maren');
  await maren.signIn();
  await hanne.corner.click();
  await hanne.asking.begin(undefined, 'Where is my refund?');
  await hanne.corner.click();
  const talk = await maren.take(hanne.name);
  await talk.say('It is on its way.');
  await expect.poll(() => shown(hanne.page)).toMatchObject([{ title: maren.name, body: 'It is on its way.' }]);
  const [{ tag }] = (await shown(hanne.page)) as [Shown];
  await click(hanne, tag);
  await expect(hanne.asking.log).toContainText('It is on its way.');
  await expect.poll(() => shown(hanne.page)).toEqual([]);
});

test('Notifications and the bell can be tried out; a browser that blocks them is warned of', async ({ cast }) => {
  const ines = await cast.agent('ines');
  await ines.context.grantPermissions(['notifications']);
  await ines.signIn();
  const { page, t } = ines;
  await expect(page.getByRole('button', { name: t('agent-notices') })).toBeHidden();
  await openSettings(ines);
  await ines.dialog.getByRole('button', { name: t('agent-try-notices') }).press('Enter');
  const said = ines.dialog.getByRole('status');
  await expect(said).toHaveText(
    `${t('agent-tried-notice', { is: 'shown' })} ${t('agent-tried-sound', { is: 'rang' })}`,
  );
  await look(ines, 'agent-notices');
  await ines.dialog.getByRole('checkbox', { name: t('agent-sound') }).uncheck();
  await ines.dialog.getByRole('button', { name: t('agent-try-notices') }).click();
  await expect(said).toContainText(t('agent-tried-sound', { is: 'off' }));
  await page.keyboard.press('Escape');
  await page.reload();
  await ines.isLive();
  await openSettings(ines);
  await expect(ines.dialog.getByRole('checkbox', { name: t('agent-sound') })).not.toBeChecked();

  const chidi = await cast.agent('chidi', { language: 'de' });
  await chidi.signIn();
  await expect(chidi.page.getByText(chidi.t('agent-not-told', { is: 'default' }))).toBeVisible();
  // What is not among those is refused from now on.
  await chidi.context.grantPermissions(['geolocation']);
  await expect(chidi.page.getByText(chidi.t('agent-not-told', { is: 'denied' }))).toBeVisible();
  await shoot(chidi.page, 'agent-not-told-german', 'light');
  await chidi.page.getByRole('button', { name: chidi.t('agent-notices') }).click();
  await expect(chidi.dialog.getByRole('alert')).toContainText(chidi.t('agent-notifications', { is: 'denied' }));
  await chidi.dialog.getByRole('button', { name: chidi.t('agent-try-notices') }).click();
  await expect(chidi.dialog.getByRole('status')).toContainText(chidi.t('agent-tried-notice', { is: 'denied' }));
  await look(chidi, 'agent-notices-german');
});

async function openSettings({ page, t, name }: Agent): Promise<void> {
  await page.getByRole('button', { name: t('agent-personalization', { name }) }).click();
  await page.getByRole('menuitem', { name: t('agent-notices') }).click();
}

async function look({ page }: Agent, view: string): Promise<void> {
  const size = page.viewportSize()!;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await checkByAxe(page, `${view}, ${colorScheme}`);
    await shoot(page, view, colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 800 });
  await checkByAxe(page, `${view} at 320 pixels`);
  await expectNoSidewaysScrolling(page, `${view} at 320 pixels`);
  await shoot(page, view, '320');
  await page.setViewportSize(size);
}

function chatsThatWait(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const answer = await fetch('/api/requests', { headers: { 'X-Deskbell-Surface': 'agent' } });
    const { requests } = (await answer.json()) as { requests: { chat: string }[] };
    return requests.map(({ chat }) => chat);
  });
}
