/** What is kept of people: by themselves, for how long, and until they are erased. */
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { readPdf } from './pdf.ts';
import { expect, screened, seek, test } from './story.ts';
import { ANSWER, NOTE, QUESTION, theyTalk } from './ticketing.ts';

test('Hanne takes a past conversation away, and a file of it', async ({ cast }) => {
  const ines = await cast.agent('ines');
  const hanne = await cast.customer('hanne');
  await ines.signIn();
  await hanne.signIn();
  const { page, t } = hanne;
  const main = page.getByRole('main');
  const talk = await theyTalk(ines, hanne);
  const plan = {
    name: 'Deck 3.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n% Deck 3\n%%EOF\n'),
  };
  await talk.window.locator('input[type=file]').setInputFiles(plan);
  await expect(hanne.window.getByRole('button', { name: /^Save Deck 3\.pdf/ })).toBeVisible();
  await talk.close();
  await expect(hanne.window.getByText(t('widget-closed', { reason: 'by_agent' }))).toBeVisible();
  await hanne.corner.click();
  const past = page.getByRole('region', { name: t('customer-past') });
  await past.getByRole('link', { name: ines.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ines.name);

  await test.step('As a PDF, without what is for agents only', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('button', { name: t('widget-pdf') }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/ \d{4}-\d\d-\d\d\.pdf$/);
    const said = await readPdf(await download.path());
    for (const text of [QUESTION, ANSWER, ines.name, hanne.name]) expect(said).toContain(text);
    expect(said).not.toContain(NOTE);
  });

  await test.step('The file, byte by byte', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('button', { name: /^Save Deck 3\.pdf/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(plan.name);
    expect(await readFile(await download.path())).toEqual(plan.buffer);
  });
});

test('The operator looks before he keeps less, tells what is kept of Hanne, and erases her from archive and tickets', async ({
  desk,
  cast,
}) => {
  const ines = await cast.agent('ines');
  const [hanne, jonas] = [await cast.customer('hanne'), await cast.customer('jonas')];
  for (const person of [ines, hanne, jonas]) await person.signIn();
  const { page, t } = ines;
  const main = page.getByRole('main');
  const search = main.getByRole('searchbox', { name: t('agent-archive-search') });
  const rows = main.locator('tbody').getByRole('row');

  await test.step('Nobody is erased while she talks', async () => {
    const talk = await theyTalk(ines, hanne);
    await expect(desk.cli('erase', '--customer', 'hanne')).rejects.toThrow(/not closed: close them first/);
    await talk.pick('agent-phone-ticket-of-chat');
    await main.getByLabel('Title').fill('A missing trailer');
    await main.getByLabel('What it is about').fill('She rang about it, too.');
    await main.getByRole('button', { name: t('agent-ticket-make') }).click();
    await expect(main.getByRole('heading', { name: 'A missing trailer', level: 1 })).toBeVisible();
    await expect(main.getByText(QUESTION)).toBeVisible();
    await talk.putAway();
    const other = await theyTalk(ines, jonas, 'Is a trailer a vehicle?');
    await other.close();
    await other.putAway();
  });

  await test.step('What a time to keep would remove is told before it is set', async () => {
    const set = ['retention', 'set', 'Travel desk'];
    const would = await desk.cli(...set, '1', '--dry-run');
    expect(would).toContain('0 closed chats of Travel desk would be removed. Nothing is changed.');
    expect(await desk.cli('retention', 'list')).not.toContain('kept for 1 days');
    await desk.cli(...set, '30');
    expect(await desk.cli('retention', 'list')).toContain('kept for 30 days, 0 closed chats are older');
    await ines.goTo('agent-archive');
    // Who ended last comes into the index last.
    await seek(search, 'vehicle', rows.locator('mark').filter({ hasText: 'vehicle' }));
    await search.fill('trailer');
    await expect(rows).toHaveCount(2);
  });

  await test.step('What is kept of her is told, and nothing of others or for agents only', async () => {
    const file = test.info().outputPath('hanne.jsonl');
    await desk.cli('export', '--customer', 'hanne', file);
    const told = await readFile(file, 'utf8');
    const [who] = told.split('\n');
    expect(JSON.parse(who!)).toMatchObject({ login: 'hanne', name: hanne.name, email: 'hanne@wiebe.example' });
    for (const text of [QUESTION, ANSWER, 'A missing trailer']) expect(told).toContain(text);
    for (const text of [NOTE, 'vehicle']) expect(told).not.toContain(text);
  });

  await test.step('She is erased, once it was said how much that is', async () => {
    screened(hanne.context).expectTrouble();
    const would = await desk.cli('erase', '--customer', 'hanne', '--dry-run');
    expect(would).toContain('1 conversations would be removed. Nothing is changed.');
    expect(await desk.cli('erase', '--customer', 'hanne')).toContain('Erased.');
    expect(await desk.cli('customer', 'list')).not.toContain('hanne');
  });

  await test.step('In the archive Ines finds Jonas and nothing of Hanne', async () => {
    await search.fill('');
    await search.fill('trailer');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(jonas.name);
    await search.fill('hanne');
    await expect(main.getByText(t('agent-archive-not-found'))).toBeVisible();
  });

  await test.step('The ticket is there, with what Ines wrote and nothing of Hanne', async () => {
    await ines.goTo('agent-tickets');
    const ticket = main.getByRole('link', { name: 'A missing trailer' });
    await expect(ticket).toBeVisible();
    await expect(main).not.toContainText(hanne.name);
    const field = main.getByRole('searchbox', { name: t('agent-tickets-search') });
    await seek(field, 'dahl', main.getByText(t('agent-tickets-none')));
    await field.fill('');
    // The page asks for her card, and there is none any more.
    screened(ines.context).expectRefusal(404);
    await ticket.click();
    await expect(main.getByText('She rang about it, too.')).toBeVisible();
    await expect(main.getByText(QUESTION)).toHaveCount(0);
    await expect(main).not.toContainText(hanne.name);
  });

  await test.step('Hanne is signed out, and is nobody who could sign in', async () => {
    await hanne.page.reload();
    await hanne.page.getByLabel(hanne.t('customer-login')).fill(hanne.login);
    await hanne.page.getByLabel(hanne.t('customer-password')).fill(hanne.password);
    await hanne.page.getByRole('button', { name: hanne.t('customer-sign-in') }).click();
    await expect(hanne.page.getByRole('alert')).toHaveText(hanne.t('problem-wrong_login'));
  });
  expect(await desk.cli('verify')).toContain('Nothing is wrong.');
});
