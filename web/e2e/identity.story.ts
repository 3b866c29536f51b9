import { createHmac } from 'node:crypto';
import { expect, screened, test } from './story.ts';
import type { Visitor } from './visitor.ts';

const SNIPPET = 'skerry-ferries';

/** As the server of a page signs who is signed in there. */
function signed(key: string, sub: string, name: string, goodForS = 600): string {
  const iat = Math.floor(Date.now() / 1000) - 120;
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub, name, aud: SNIPPET, iat, exp: iat + goodForS })}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

test('Who is signed in on the page is known in the chat, on every device, and forgotten when signing out', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const { page, t, dialog } = ines;
  await ines.signIn();
  await ines.setAvailability('internal_and_external');
  let key = '';

  await test.step('An administrator makes a key, which is told once, and looks at the page', async () => {
    await ines.goTo('agent-admin');
    const main = page.getByRole('main');
    await main.getByRole('link', { name: t('admin-snippets'), exact: true }).click();
    const change = main.getByRole('button', { name: t('admin-snippet-change', { name: SNIPPET }) });
    await change.click();
    await dialog.getByRole('button', { name: t('admin-identity-make') }).click();
    const told = dialog.locator('.admin-keys').getByRole('status').locator('pre');
    await expect(told).toHaveText(/^[\w-]{43}$/);
    key = (await told.textContent())!;
    await expect(dialog.getByText(`"aud": "${SNIPPET}"`)).toBeVisible();

    const address = dialog.getByRole('textbox', { name: t('admin-page-address') });
    const look = async (url: string) => {
      await address.fill(url);
      await dialog.getByRole('button', { name: t('admin-page-look') }).click();
      return dialog.locator('[data-found]');
    };
    await expect(await look(`${desk.site}/`)).toHaveText(t('admin-page-fine'));
    await expect(dialog.getByRole('link', { name: t('admin-page-open') })).toHaveAttribute('href', /#deskbell-check$/);
    await expect(await look(`${desk.site}/nowhere`)).toHaveText(t('admin-page-answered', { said: '404' }));
    await expect(await look('https://www.harbour.example/')).toHaveText(
      t('admin-page-not_a_site', { said: 'https://www.harbour.example' }),
    );
    await page.keyboard.press('Escape');
    await change.click();
    await expect(dialog.locator('.admin-keys').getByRole('listitem')).toHaveCount(1);
    await expect(dialog.getByText(key)).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  const member = `${desk.site}/member`;
  /** A page of the site on which this token stands. */
  const on = async (visitor: Visitor, token: string) => {
    const script = `<script async src="${desk.url}/snippet/${SNIPPET}.js" data-identity="${token}"></script>`;
    const body = `<!doctype html><html lang="en"><title>Your journeys</title><h1>Your journeys</h1>${script}</html>`;
    await visitor.page.unrouteAll();
    await visitor.page.route(member, (route) => route.fulfill({ contentType: 'text/html', body }));
    await visitor.visit(member);
  };
  const priya = await cast.visitor();
  await test.step('Nobody asks her for a name, and agents learn who she is', async () => {
    await on(priya, signed(key, 'c-4711', 'Priya Raman'));
    const panel = await priya.open();
    await expect(panel.message).toBeVisible();
    await expect(panel.nameField).toHaveCount(0);
    await panel.begin(undefined, 'Is my car on the 16:40?');
    const talk = await ines.take('Priya Raman');
    await talk.composer.fill('It is.');
    await talk.composer.press('Enter');
    await expect(panel.log).toContainText('It is.');
    await talk.window.getByRole('button', { name: 'Priya Raman' }).first().click();
    await expect(page.getByText('c-4711')).toBeVisible();
  });

  await test.step('Her phone has the same chat', async () => {
    const phone = await cast.visitor();
    await on(phone, signed(key, 'c-4711', 'Priya Raman'));
    const panel = await phone.open();
    await expect(panel.log).toContainText('It is.');
    await panel.say('Thank you!');
    await expect(priya.panel.log).toContainText('Thank you!');
  });

  await test.step('Over a page of the site it goes on, and nothing of the token is kept there', async () => {
    await on(priya, signed(key, 'c-4711', 'Priya Raman'));
    await expect.poll(() => priya.frame, 'the panel is open again').toBeDefined();
    await expect(priya.panel.log).toContainText('Thank you!');
    const kept = () => priya.page.evaluate(() => Object.values(localStorage));
    expect(await kept()).toEqual(['.']);
    await test.step('Signed out on the page is signed out of the chat', async () => {
      await priya.page.evaluate(() => dispatchEvent(new CustomEvent('deskbell-identity')));
      // It is another frame then.
      await expect(async () => expect(await priya.panel.nameField.isVisible()).toBe(true)).toPass();
      expect(await kept()).toEqual([]);
    });
  });

  await test.step('Somebody else on the same computer has nothing of it', async () => {
    await on(priya, signed(key, 'c-4712', 'Sam Berg'));
    const panel = await priya.open();
    await expect(panel.message).toBeVisible();
    await expect(panel.nameField).toHaveCount(0);
    await expect(panel.log).toHaveCount(0);
  });

  await test.step('A token that is no good is said to be so, and one can write without it', async () => {
    screened(priya.context).expectRefusal(403);
    await on(priya, signed(key, 'c-4711', 'Priya Raman', 30));
    const panel = await priya.open();
    await expect(priya.frame!.getByText(priya.t('problem-unidentified'))).toBeVisible();
    await panel.begin('Priya', 'Hello?');
  });
  await desk.cli('verify');
});

test('Whoever sets a page up sees what lies on the button', async ({ desk, cast }) => {
  const priya = await cast.visitor();
  const banner = '<div id="cookies" style="position:fixed;inset:0;z-index:2147483647">Cookies!</div>';
  for (const [more, says] of [
    ['', 'Nothing lies on the button.'],
    [banner, 'On the button lies: <div id="cookies"'],
  ] as const) {
    const script = `<script async src="${desk.url}/snippet/${SNIPPET}.js"></script>`;
    const body = `<!doctype html><html lang="en"><title>Cars</title>${more}${script}</html>`;
    await priya.page.unrouteAll();
    await priya.page.route(`${desk.site}/cars`, (route) => route.fulfill({ contentType: 'text/html', body }));
    const said = priya.page.waitForEvent('dialog');
    await priya.page.goto('about:blank');
    await priya.page.goto(`${desk.site}/cars#deskbell-check`);
    const dialog = await said;
    expect(dialog.message()).toContain(says);
    await dialog.dismiss();
  }
});
