import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { expectHeard, test } from './story.ts';

test('Ines and Priya need no mouse: focus is always seen, and comes back to where it was', async ({ desk, cast }) => {
  const ines = await cast.agent('ines');
  const priya = await cast.visitor();
  const { page } = ines;
  const keys = page.keyboard;

  await test.step('Ines signs in', async () => {
    await page.goto(ines.address);
    await expect(page.getByLabel('Login')).toBeFocused();
    await keys.type(ines.login);
    await keys.press('Tab');
    await keys.type(ines.password);
    await keys.press('Enter');
    await ines.isLive();
    await tabTo(page, page.getByRole('link', { name: 'To the content' }));
    await keys.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('Priya opens the chat, asks, hides it and comes back', async () => {
    await priya.visit(desk.site);
    await tabToLauncher();
    await priya.page.keyboard.press('Enter');
    await expect.poll(() => priya.frame).toBeDefined();
    await expect(priya.panel.message).toBeFocused();
    await priya.page.keyboard.type('Is there a ramp?');
    await priya.page.keyboard.press('Tab');
    await expect(priya.panel.nameField).toBeFocused();
    await expectFocusSeen(priya.frame!);
    await priya.frame!.evaluate(openedLate);
    await priya.page.keyboard.type(priya.name);
    await expect(priya.panel.message).toHaveValue('Is there a ramp?');
    await priya.page.keyboard.press('Enter');
    await expect(priya.panel.composer).toBeFocused();
    await priya.page.keyboard.press('Escape');
    await expect.poll(async () => (await priya.launcher.seen())?.focused).toBe(true);
    await priya.page.keyboard.press('Enter');
    await expect(priya.panel.composer).toBeFocused();
  });

  await test.step('Ines reaches the list by Tab, previews, comes back and accepts', async () => {
    await tabTo(page, ines.chats, 'Shift+Tab');
    await expect(ines.requests).toBeVisible();
    const preview = ines.row(priya.name).getByRole('button', { name: /^Preview/ });
    await tabTo(page, preview);
    await keys.press('Enter');
    await expect(ines.dialog).toBeVisible();
    await expect(ines.dialog.getByRole('log')).toContainText('Is there a ramp?');
    await keys.press('Escape');
    await expect(ines.dialog).toBeHidden();
    await expect(preview).toBeFocused();
    await tabTo(page, ines.accept(priya.name));
    await keys.press('Enter');
    await expect(ines.talk(priya.name).composer).toBeFocused();
    await expect(ines.requests).toBeHidden();
  });

  const talk = ines.talk(priya.name);
  await test.step('They talk, and Ines changes between reply and note with the arrow keys', async () => {
    await keys.type('There is one');
    await keys.press('Shift+Enter');
    await keys.type('at gate 4.');
    await keys.press('Enter');
    await expectHeard(priya.panel.log, ['Is there a ramp?', 'There is one', 'at gate 4.']);
    await priya.page.keyboard.type('Thank you!');
    await priya.page.keyboard.press('Enter');
    await expectHeard(talk.log, ['Is there a ramp?', 'There is one', 'at gate 4.', 'Thank you!']);

    await tabTo(page, talk.window.getByRole('radio', { name: `${priya.name} and agents` }), 'Shift+Tab');
    await keys.press('ArrowRight');
    await tabTo(page, talk.window.getByRole('textbox', { name: 'Note for agents only' }));
    await keys.type('Gate 4 is closed on Sundays.');
    await keys.press('Enter');
    await expect(talk.log).toContainText('Gate 4 is closed on Sundays.');
    await expectHeard(priya.panel.log, ['Is there a ramp?', 'There is one', 'at gate 4.', 'Thank you!']);
  });

  await test.step('The menu goes by arrows and first letters, and Esc leads back to its button', async () => {
    const menu = talk.window.getByRole('button', { name: 'More for this chat' });
    await tabTo(page, menu, 'Shift+Tab');
    await keys.press('Enter');
    await expect(page.getByRole('menuitem', { name: /^Invite/ })).toBeFocused();
    await keys.press('ArrowUp');
    await expect(page.getByRole('menuitem', { name: 'Close the chat' })).toBeFocused();
    await keys.press('h');
    await expect(page.getByRole('menuitem', { name: 'Hand back to the channel' })).toBeFocused();
    await keys.press('Escape');
    await expect(menu).toBeFocused();
  });

  await test.step('Single letters work outside of text only, and each can be switched off', async () => {
    await keys.press('?');
    await expect(ines.dialog).toHaveAccessibleName('Keyboard');
    await keys.press('Escape');
    await expect(ines.dialog).toBeHidden();
    await keys.press('a');
    await expect(page).toHaveTitle(/Archive/);
    await keys.press('h');
    await expect(page).toHaveTitle(/Home/);
  });

  await test.step('Ines closes the chat, and Priya begins a new one', async () => {
    await tabTo(page, talk.window.getByRole('button', { name: 'Close the chat' }));
    await keys.press('Enter');
    await expect(ines.dialog).toBeVisible();
    await tabTo(page, ines.dialog.getByRole('button', { name: 'Close the chat' }));
    await keys.press('Enter');
    await expect(ines.dialog).toBeHidden();
    await expect(talk.composer).toBeHidden();
    await expect(priya.panel.newConversation).toBeFocused();
    await expectFocusSeen(priya.frame!);
    await priya.page.keyboard.press('Enter');
    await expect(priya.panel.message).toBeFocused();
  });

  async function tabToLauncher(): Promise<void> {
    await expect.poll(() => priya.launcher.seen()).toBeDefined();
    for (let stops = 0; stops < 40 && !(await priya.launcher.seen())?.focused; stops++) {
      await priya.page.keyboard.press('Tab');
    }
    expect((await priya.launcher.seen())?.focused, 'the launcher is reached by Tab').toBe(true);
  }
});

/** Goes there by Tab, and sees on every stop where one is. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press(key);
    await expectFocusSeen(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`60 times ${key} did not lead to ${target}`);
}

/** What has the focus shows it by a line around it: drawn by itself, by something it holds, or by a box near around it. */
async function expectFocusSeen(place: Page | Frame): Promise<void> {
  const unseen = await place.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return undefined;
    const isLine = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration) =>
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || /0px 0px 0px [1-9]/.test(boxShadow);
    const near = [at, at.parentElement, at.parentElement?.parentElement].flatMap((element) => element ?? []);
    const drawn = [getComputedStyle(at, '::after'), ...near.map((element) => getComputedStyle(element))];
    return drawn.some(isLine) ? undefined : at.outerHTML.slice(0, 200);
  });
  expect(unseen, 'has the focus and does not show it').toBeUndefined();
}

/** The loader's word that the panel was opened, heard in the frame after somebody has begun to write. */
function openedLate(): void {
  const origin = new URLSearchParams(location.search).get('origin')!;
  const data = { deskbell: 'open', open: true, byHand: true };
  dispatchEvent(new MessageEvent('message', { origin, source: parent, data }));
}
