/** One's own account: how people get in, and what they choose for themselves. */
import type { Locator, Page } from '@playwright/test';
import type { Agent } from './agent.ts';
import { checkByAxe, expectNoSidewaysScrolling, shoot } from './look.ts';
import type { Person } from './person.ts';
import { screened } from './screened.ts';
import { Smtp } from './smtp.ts';
import { test as base, expect } from './story.ts';
import { codeOf } from './totp.ts';
import { Asking } from './visitor.ts';
import type { Words } from './words.ts';

const PASSWORD = 'ferry-bell-demo';
const NEW = 'nine lighthouses';

const test = base.extend<{ smtp: Smtp }>({
  smtp: async ({ desk }, use) => {
    const smtp = await Smtp.start();
    await smtp.connect(desk);
    await use(smtp);
    await smtp.stop();
  },
});

// Each view is looked at in three ways.
test.beforeEach(() => test.setTimeout(240_000));

/** A part of the page, by its heading. */
const part = (page: Page, t: Words, heading: string): Locator => page.getByRole('region', { name: t(heading) });

async function openAccount({ page, t, name }: Person): Promise<void> {
  await page.getByRole('button', { name: t('agent-personalization', { name }) }).click();
  await page.getByRole('menuitem', { name: t('agent-account') }).click();
  await expect(part(page, t, 'account-sessions').getByRole('listitem')).not.toHaveCount(0);
}

/** Seen in every light, in a narrow window, and by axe. */
async function look(page: Page, view: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await checkByAxe(page, `${view}, ${colorScheme}`, colorScheme === 'dark' ? 'colours' : undefined);
    await shoot(page, view, colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScrolling(page, view);
  await shoot(page, view, '320');
  await page.setViewportSize(before);
}

/** The link in a letter, however it was packed. */
function linkIn(letter: string): string {
  const text = letter.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
  return /http:\/\/[^\s"<]+\/link#[\w-]{43}/.exec(text)![0];
}

/** Sets a second factor up in the part that is open; answers with the secret and the recovery codes. */
async function setUp({ page, t }: Person): Promise<{ secret: string; codes: string[] }> {
  const factor = part(page, t, 'account-factor');
  await factor.getByLabel(t('account-password-own')).fill(PASSWORD);
  await factor.getByRole('button', { name: t('account-go-on') }).click();
  await expect(factor.getByRole('img', { name: t('account-factor-qr') })).toBeVisible();
  const secret = await factor.locator('output').innerText();
  await expect(factor.getByLabel(t('account-factor-confirm'))).toBeVisible();
  await factor.getByLabel(t('account-factor-confirm')).fill(codeOf(secret));
  await page.keyboard.press('Enter');
  const codes = factor.getByLabel(t('account-codes')).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return { secret, codes: await codes.allInnerTexts() };
}

test('Maren sees where she is signed in, ends the rest, and changes her password', async ({ cast }) => {
  const maren = await cast.agent('maren');
  const phone = await cast.agent('maren');
  await maren.signIn();
  await phone.signIn();
  await openAccount(maren);
  const { page, t } = maren;

  await test.step('The other session ends, and says so there', async () => {
    const sessions = part(page, t, 'account-sessions');
    await expect(sessions.getByRole('listitem')).toHaveCount(2);
    await expect(sessions.getByText(t('account-session-here'))).toHaveCount(1);
    await look(page, 'account');
    const [other] = await sessions.getByRole('button', { name: new RegExp(`^${t('account-session-end')}`) }).all();
    await other!.click();
    await expect(sessions.getByRole('listitem')).toHaveCount(1);
    await expect(phone.page.getByText(t('agent-signed-out-elsewhere'))).toBeVisible();
  });

  await test.step('A wrong password is refused, a new one set, all by the keyboard', async () => {
    screened(maren.context).expectRefusal(401);
    const password = part(page, t, 'account-password');
    await password.getByLabel(t('account-password-old')).fill('not the password');
    await page.keyboard.press('Tab');
    await page.keyboard.type(NEW);
    await page.keyboard.press('Enter');
    await expect(password.getByRole('alert')).toHaveText(t('problem-wrong_login'));
    await password.getByLabel(t('account-password-old')).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(password.getByRole('status')).toHaveText(t('account-password-changed'));
  });

  await test.step('Her old one opens nothing', async () => {
    screened(phone.context).expectRefusal(401);
    await phone.page.getByLabel(t('agent-login')).fill('maren');
    await phone.page.getByLabel(t('agent-password')).fill(PASSWORD);
    await page.bringToFront();
    await phone.page.getByRole('button', { name: t('agent-sign-in') }).click();
    await expect(phone.page.getByRole('alert')).toHaveText(t('problem-wrong_login'));
    await phone.page.getByLabel(t('agent-password')).fill(NEW);
    await phone.page.getByRole('button', { name: t('agent-sign-in') }).click();
    await phone.isLive();
  });
});

test('Tove sets up a second factor, signs in with it, and her group comes to ask for one', async ({ desk, cast }) => {
  const tove = await cast.agent('tove');
  const ines = await cast.agent('ines');
  const { page, t } = tove;
  await tove.signIn();
  await openAccount(tove);
  const factor = part(page, t, 'account-factor');
  await factor.getByRole('button', { name: t('account-factor-begin') }).click();
  await expect(factor.getByLabel(t('account-password-own'))).toBeFocused();
  await factor.getByLabel(t('account-password-own')).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(factor.getByRole('img', { name: t('account-factor-qr') })).toBeVisible();
  await look(page, 'account-factor-scan');
  await factor.getByRole('button', { name: t('account-cancel') }).click();
  await factor.getByRole('button', { name: t('account-factor-begin') }).click();
  const { secret, codes } = await setUp(tove);
  await look(page, 'account-codes');
  await factor.getByRole('button', { name: t('account-codes-kept') }).click();
  await expect(factor.getByText(t('account-codes-kept-said'))).toBeVisible();

  await test.step('She signs in with a code, and not with the same one again', async () => {
    screened(tove.context).expectRefusal(401);
    const enter = async (code: string) => {
      await page.getByLabel(t('agent-code')).fill(code);
      await page.keyboard.press('Enter');
    };
    const signIn = async () => {
      await page.getByLabel(t('agent-login')).fill('tove');
      await page.getByLabel(t('agent-password')).fill(PASSWORD);
      await page.getByRole('button', { name: t('agent-sign-in') }).click();
      await expect(page.getByLabel(t('agent-code'))).toBeFocused();
    };
    const signOut = async () => {
      await page.getByRole('button', { name: t('agent-personalization', { name: tove.name }) }).click();
      await page.getByRole('menuitem', { name: t('agent-sign-out') }).click();
      await expect(page.getByLabel(t('agent-login'))).toBeVisible();
    };
    await signOut();
    await signIn();
    await look(page, 'agent-code');
    const code = codeOf(secret, 1);
    await enter(code);
    await tove.isLive();
    await signOut();
    await signIn();
    await enter(code);
    await expect(page.getByRole('alert')).toHaveText(t('problem-wrong_code'));
    await enter(codes[0]!);
    await tove.isLive();
  });

  await test.step('Ines asks the group for it, and is asked herself, before anything else', async () => {
    screened(ines.context).expectRefusal(403);
    await ines.signIn();
    await ines.goTo('agent-admin');
    const main = ines.page.getByRole('main');
    await main.getByRole('link', { name: ines.t('admin-rights') }).click();
    await look(ines.page, 'admin-guards');
    await part(ines.page, ines.t, 'admin-guards').getByRole('checkbox', { name: 'users' }).click();
    await expect(ines.page.getByRole('heading', { name: ines.t('account-owed', { name: ines.name }) })).toBeVisible({
      timeout: 20_000,
    });
    await look(ines.page, 'account-owed');
    // What is only looked at keeps nobody from going on.
    let lookedAt = () => {};
    const shown = new Promise<void>((resolve) => {
      lookedAt = resolve;
    });
    await ines.page.route('**/api/second_factor', async (route) => {
      if (route.request().method() === 'GET') await shown;
      await route.continue();
    });
    await setUp(ines);
    lookedAt();
    await ines.page.getByRole('button', { name: ines.t('account-codes-kept') }).click();
    await ines.isLive();
    await expect(page.getByRole('button', { name: t('agent-personalization', { name: tove.name }) })).toBeVisible();
  });

  await test.step('Tove lost her device, and Ines takes it away', async () => {
    await lostDevice(ines, tove);
  });
  await desk.cli('verify');
});

async function lostDevice(ines: Agent, tove: Agent): Promise<void> {
  const { page, t, dialog } = ines;
  const main = page.getByRole('main');
  await ines.goTo('agent-admin');
  await main.getByRole('link', { name: t('admin-agents') }).click();
  await main.getByRole('button', { name: t('admin-agent-change', { name: tove.name }) }).click();
  await expect(dialog.getByText(t('admin-factor-set'))).toBeVisible();
  await look(page, 'admin-agent-factor');
  await dialog.getByRole('button', { name: t('admin-factor-remove') }).click();
  await expect(dialog.getByText(t('admin-factor-removed', { name: tove.name }))).toBeVisible();
  await expect(tove.page.getByLabel(tove.t('agent-login'))).toBeVisible();
  await dialog.getByRole('button', { name: t('common-cancel') }).click();
}

test('Ines invites Noor by a link, and ends a session', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const maren = await cast.agent('maren');
  await ines.signIn();
  await maren.signIn();
  await ines.goTo('agent-admin');
  const { page, t, dialog } = ines;
  const main = page.getByRole('main');

  const address = await test.step('The link is made with the account', async () => {
    await main.getByRole('button', { name: t('admin-agent-new') }).click();
    await dialog.getByLabel(t('admin-login')).fill('noor');
    await dialog.getByLabel(t('admin-name')).fill('Noor Haddad');
    await expect(dialog.getByLabel(t('admin-invited'))).toBeChecked();
    await dialog.getByRole('button', { name: t('agent-save') }).click();
    await expect(dialog.getByText(t('admin-link-told', { name: 'Noor Haddad', hours: 72 }))).toBeVisible();
    await look(page, 'admin-link');
    return dialog.locator('output').innerText();
  });

  await test.step('Noor chooses her password there, once', async () => {
    const noor = await cast.agent('tove', { language: 'de' });
    screened(noor.context).expectRefusal(410);
    const sees = noor.page;
    await sees.goto(address);
    await expect(sees.getByRole('heading', { name: noor.t('account-link', { for: 'invitation' }) })).toBeVisible();
    // The token is not in the address any more, nor in the history.
    await expect(sees).toHaveURL(`${desk.url}/agent/link`);
    await look(sees, 'account-link');
    await sees.getByLabel(noor.t('account-password-new')).fill(NEW);
    await sees.keyboard.press('Enter');
    await expect(sees.getByText(noor.t('agent-password-chosen'))).toBeVisible();
    await expect(sees.getByLabel(noor.t('agent-login'))).toHaveValue('noor');
    await sees.getByLabel(noor.t('agent-password')).fill(NEW);
    await sees.keyboard.press('Enter');
    await noor.isLive();
    const again = await noor.context.newPage();
    await again.goto(address);
    await expect(again.getByText(noor.t('account-link-gone'))).toBeVisible();
    await look(again, 'account-link-gone');
  });

  await test.step('Ines sees who is signed in where', async () => {
    await page.keyboard.press('Escape');
    await main.getByRole('link', { name: t('admin-sessions') }).click();
    await expect(main.getByRole('rowheader', { name: maren.name })).toBeVisible();
    await look(page, 'admin-sessions');
    await main.getByRole('searchbox').fill('holt');
    await expect(main.getByRole('rowheader')).toHaveCount(1);
    await main.getByRole('row', { name: maren.name }).getByRole('button').click();
    await dialog.getByRole('button', { name: t('admin-session-end'), exact: true }).click();
    await expect(maren.page.getByText(maren.t('agent-signed-out-elsewhere'))).toBeVisible();
    await expect(main.getByText(t('admin-no-session'))).toBeVisible();
  });
});

test('Hanne forgot her password, and chooses another one by a letter', async ({ desk, cast, smtp }) => {
  const hanne = await cast.customer('hanne', { language: 'de' });
  const { page, t } = hanne;
  await page.goto(hanne.address);
  await page.getByRole('button', { name: t('customer-forgotten') }).click();
  await page.getByLabel(t('account-forgotten-who')).fill('hanne@wiebe.example');
  await look(page, 'account-forgotten');
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('account-forgotten-done'))).toBeVisible();
  const [letter] = await smtp.letters(1);
  const address = linkIn(letter!);
  await page.goto(address);
  await expect(page).toHaveURL(`${desk.url}/portal/link`);
  await page.getByLabel(t('account-password-new')).fill(NEW);
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('customer-password-chosen'))).toBeVisible();
  await page.getByLabel(t('customer-password')).fill(NEW);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('customer-hello', { name: hanne.name }) })).toBeVisible();

  await test.step('And she chooses how she reads', async () => {
    await page.getByRole('link', { name: t('customer-account-of', { name: hanne.name }) }).click();
    await expect(part(page, t, 'account-profile')).toBeVisible();
    await look(page, 'customer-account');
    await page.getByLabel(t('account-language')).selectOption('en');
    await page.getByRole('button', { name: t('account-save') }).click();
    await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
  });
});

test('Maren chooses a picture, a zone and a way to write dates, and they follow her', async ({ cast }) => {
  const maren = await cast.agent('maren');
  await maren.signIn();
  await openAccount(maren);
  const { page, t } = maren;
  const profile = part(page, t, 'account-profile');

  await profile.getByLabel(t('account-picture'), { exact: true }).setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }),
  });
  await expect(profile.locator('img')).toBeVisible();
  await profile.getByLabel(t('account-zone')).selectOption('Pacific/Auckland');
  await profile.getByLabel(t('account-dates')).selectOption('iso');
  await profile.getByLabel(t('account-name'), { exact: true }).fill('Maren H.');
  await profile.getByRole('button', { name: t('account-save') }).click();
  await expect(profile.getByText(t('account-saved'))).toBeVisible();
  const year = new Intl.DateTimeFormat('sv', { timeZone: 'Pacific/Auckland' }).format(Date.now());
  await expect(part(page, t, 'account-sessions').getByText(year).first()).toBeVisible();
  await look(page, 'account-profile');

  const phone = await cast.agent('maren');
  await phone.signIn();
  const menu = phone.page.getByRole('button', { name: t('agent-personalization', { name: 'Maren H.' }) });
  await expect(menu.locator('img')).toBeVisible();
});

test('Who asks sees the picture and the language of who answers, and where agents are reminded it says so', async ({
  desk,
  cast,
}) => {
  const maren = await cast.agent('maren');
  await maren.signIn();
  await openAccount(maren);
  const profile = part(maren.page, maren.t, 'account-profile');
  await profile.getByLabel(maren.t('account-picture'), { exact: true }).setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: await maren.page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }),
  });
  await expect(profile.locator('img')).toBeVisible();
  await profile.getByLabel(maren.t('account-language')).selectOption('en');
  await profile.getByRole('button', { name: maren.t('account-save') }).click();
  await expect(profile.getByText(maren.t('account-saved'))).toBeVisible();

  const hanne = await cast.customer('hanne', { language: 'de' });
  await hanne.signIn();
  await hanne.corner.click();
  await hanne.channel('Travel desk').check();
  await hanne.asking.begin(undefined, 'Gibt es eine Rampe?');
  const priya = await cast.visitor({ language: 'de' });
  await priya.visit(`${desk.url}/chat/skerry-ferries`);
  const panel = new Asking(priya.page, priya.t);
  await panel.begin(priya.name, 'Gibt es eine Rampe?');
  for (const [who, asking] of [
    [hanne, hanne.asking],
    [priya, panel],
  ] as const) {
    await maren.take(who.name);
    await expect(asking.place.getByText('Travel desk, spricht Englisch')).toBeVisible();
    await expect(asking.place.locator('.chat-head img')).toBeVisible();
    await look(who.page, `seen-of-maren-${who === hanne ? 'portal' : 'panel'}`);
  }

  await desk.cli('set', 'remind_unavailable', '1');
  const reminder = maren.page.getByText('You are unavailable: no chats reach you.');
  await expect(reminder).toBeHidden();
  await maren.setAvailability('unavailable');
  await expect(reminder).toBeVisible();
  await look(maren.page, 'reminded');
});
