/** A walk past every view there is, for those who look at each of them with other eyes. */
import type { Page } from '@playwright/test';
import type { Agent, Talk } from './agent.ts';
import type { Desk } from './desk.ts';
import { Preview } from './preview.ts';
import { type Browsing, type Cast, expect, seek } from './story.ts';
import { Asking, type Visitor } from './visitor.ts';

/** Called at each view, when it stands still. */
export type See = (view: string, page: Page) => Promise<void>;

const QUESTION = 'Is the 16:40 sailing still running with this wind?';
const ANSWER = 'Hello Priya. Yes, it sails, about 20 minutes late. The captain decides again at 15:30.';
const OFFER = 'Shall I text you if that changes?';
const WISH = 'Yes please. And can I still add a bike?';
const NOTE = 'Bikes are free, but she has none booked yet.';
const TICKET = 'Priya, the 16:40 and a bike';
const QUEUES = ['Tove Lind', 'Travel', 'Postmaster', 'Raw', 'Junk', 'Misc'];
const TRAILER = 'Our second trailer is missing from booking 88-2041.';

/** What is written by people on the way, and so in their language. */
export const WRITTEN = [QUESTION, ANSWER, OFFER, WISH, NOTE, TRAILER, TICKET, ...QUEUES];

/** What is searched for, and how the texts above fall to pieces by it. */
const SOUGHT = 'sailing';
const SOUGHT_PAST = 'trailer';
WRITTEN.push(
  ...[QUESTION.split(SOUGHT), TRAILER.split(SOUGHT_PAST), SOUGHT, SOUGHT_PAST].flat().map((it) => it.trim()),
);

export interface Way extends Browsing {
  /** The page of the demo that Priya is on. */
  site?: string;
}

/** `way` says what browsers they have, and on which page of the demo Priya is. */
export async function walk(desk: Desk, cast: Cast, see: See, { site = '/', ...browsing }: Way = {}): Promise<void> {
  const ines = await cast.agent('ines', browsing);
  const priya = await cast.visitor(browsing);
  await beforeAnybodyIsThere(ines, priya, desk.site + site, see);
  await request(ines, priya, see);
  const talk = ines.talk(priya.name);
  await talkOverDesk(talk, priya, see);
  await over(ines, see);
  await end(talk, priya, see);
  await portal(desk, cast, ines, see, browsing);
}

async function beforeAnybodyIsThere(ines: Agent, priya: Visitor, site: string, see: See): Promise<void> {
  const { page, t } = ines;
  await priya.visit(site);
  await expect.poll(() => priya.launcher.seen()).toBeDefined();
  await see('host-page', priya.page);
  await priya.open();
  await expect(priya.frame!.getByText(t('widget-nobody'))).toBeVisible();
  await see('widget-nobody', priya.page);
  await page.goto(ines.address);
  await expect(page.getByLabel(t('agent-login'))).toBeVisible();
  await see('agent-sign-in', page);
}

async function request(ines: Agent, priya: Visitor, see: See): Promise<void> {
  const { page, t } = ines;
  const { panel } = priya;
  await ines.signIn();
  await see('agent-home-empty', page);
  // She comes back to her page, and it looks again who is there.
  await priya.frame!.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(panel.start).toBeEnabled({ timeout: 20_000 });
  await see('widget-start', priya.page);
  await panel.begin(priya.name, QUESTION);
  await expect(panel.composer).toBeVisible();
  await see('widget-waiting', priya.page);

  await expect(ines.chats).toHaveAccessibleName(new RegExp(t('agent-people-waiting', { count: 1 })));
  await see('agent-home-waiting', page);
  await ines.chats.click();
  await expect(ines.requests).toBeVisible();
  await see('agent-request-list', page);
  await ines
    .row(priya.name)
    .getByRole('button', { name: t('agent-preview', { name: priya.name }) })
    .click();
  await expect(ines.dialog.getByRole('log')).toContainText(QUESTION);
  await see('agent-preview', page);
  await ines.dialog.getByRole('button', { name: t('agent-accept'), exact: true }).click();
  await expect(ines.talk(priya.name).composer).toBeVisible();
}

async function talkOverDesk(talk: Talk, priya: Visitor, see: See): Promise<void> {
  const { page, t } = talk.agent;
  const { panel } = priya;
  await talk.say(ANSWER);
  await talk.say(OFFER);
  await panel.say(WISH);
  await expect(talk.log).toContainText(WISH);
  await talk.note(NOTE);
  await panel.composer.pressSequentially('…');
  await expect(talk.window.getByText(t('chat-typing', { count: 1, name: priya.name, other: '' }))).toBeVisible();
  await see('agent-chat', page);
  await panel.composer.fill('');
  await see('widget-chat', priya.page);
  await talk.audience('note');
  await see('agent-chat-note', page);
  await talk.audience('message');
  const details = talk.window.getByRole('button', { name: priya.name }).first();
  await details.click();
  await see('agent-chat-details', page);
  await details.click();
  await talk.window.getByRole('button', { name: t('agent-chat-menu') }).click();
  await see('agent-chat-menu', page);
  await page.keyboard.press('Escape');
}

/** What lies over the page. */
async function over(ines: Agent, see: See): Promise<void> {
  const { page, t } = ines;
  await page.keyboard.press('?');
  await expect(ines.dialog).toBeVisible();
  await see('agent-keys', page);
  await page.keyboard.press('Escape');
  const personal = page.getByRole('button', { name: t('agent-personalization', { name: ines.name }) });
  await personal.click();
  await see('agent-personal-menu', page);
  await page.getByRole('menuitem', { name: t('agent-my-channels') }).click();
  await expect(ines.dialog).toBeVisible();
  await see('agent-my-channels', page);
  await page.keyboard.press('Escape');
  await personal.click();
  await page.getByRole('menuitem', { name: t('agent-out-of-office') }).click();
  await ines.dialog.getByRole('button', { name: t('agent-out-add') }).click();
  await see('agent-out-of-office', page);
  await page.keyboard.press('Escape');
  await personal.click();
  await page.getByRole('menuitem', { name: t('agent-account') }).click();
  await expect(page.getByRole('region', { name: t('account-sessions') }).getByRole('listitem')).not.toHaveCount(0);
  await see('agent-account', page);
  await ines.goTo('agent-home');
  await personal.click();
  await page.getByRole('menuitem', { name: t('agent-sign-out') }).click();
  await expect(ines.dialog).toBeVisible();
  await see('agent-sign-out', page);
  await page.keyboard.press('Escape');
  await ines.setAvailability('unavailable');
  await see('agent-not-taking', page);
  await ines.setAvailability('internal_and_external');
}

async function end(talk: Talk, priya: Visitor, see: See): Promise<void> {
  const ines = talk.agent;
  const { page, t } = ines;
  const main = page.getByRole('main');
  await talk.window.getByRole('button', { name: t('agent-close-chat') }).click();
  await expect(ines.dialog).toBeVisible();
  await see('agent-close', page);
  await ines.dialog.getByRole('button', { name: t('agent-close-chat') }).click();
  await expect(priya.panel.newConversation).toBeVisible();
  await see('widget-closed', priya.page);
  await expect(talk.composer).toBeHidden();
  await see('agent-chat-closed', page);
  await talk.window
    .getByRole('button', { name: t('agent-put-away') })
    .first()
    .click();
  await ines.goTo('agent-archive');
  await expect(main.getByRole('link', { name: priya.name })).toBeVisible();
  await see('agent-archive', page);
  await seek(main.getByRole('searchbox', { name: t('agent-archive-search') }), SOUGHT, main.locator('mark'));
  await expect(main.locator('mark')).toHaveText(SOUGHT);
  await see('agent-archive-found', page);
  await main.getByRole('link', { name: priya.name }).click();
  await expect(main.getByRole('log')).toContainText(QUESTION);
  await see('agent-archived-chat', page);
  await tickets(ines, see);
}

/** The ticket desk: empty, a phone ticket of the archived chat, what became of it. */
async function tickets(ines: Agent, see: See): Promise<void> {
  const { page, t, dialog } = ines;
  const main = page.getByRole('main');
  await ines.goTo('agent-tickets');
  await expect(main.getByText(t('agent-tickets-none'))).toBeVisible();
  await see('agent-tickets-none', page);
  await page.goBack();
  await main.getByRole('button', { name: t('agent-chat-menu') }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${t('agent-phone-ticket-of-chat')}`) }).click();
  await expect(main.getByRole('log')).toContainText(QUESTION);
  await main.getByLabel(t('agent-title')).fill(TICKET);
  await main.getByRole('textbox', { name: t('agent-text') }).fill(QUESTION);
  await see('agent-new-ticket', page);
  await main.getByRole('button', { name: t('agent-ticket-make') }).click();
  await expect(main.getByRole('heading', { name: TICKET, level: 1 })).toBeVisible();
  await expect(main.getByRole('article')).toHaveCount(3);
  await see('agent-ticket', page);
  await main.getByRole('button', { name: t('agent-reply'), exact: true }).click();
  await see('agent-ticket-reply', page);
  await ines.goTo('agent-tickets');
  await main.getByRole('link', { name: TICKET }).waitFor();
  await see('agent-tickets', page);
  await page.keyboard.press('Control+k');
  const search = page.getByRole('searchbox', { name: t('agent-search-all') });
  await search.fill(TICKET);
  await search.press('Enter');
  await expect(main.getByRole('link', { name: TICKET })).toBeVisible();
  await see('agent-search', page);
  await ines.goTo('agent-archive');
  await main.getByRole('link').first().click();
  await main.getByRole('button', { name: t('agent-chat-menu') }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${t('agent-append')}`) }).click();
  await expect(dialog.getByRole('radio')).toHaveCount(1);
  await see('agent-append', page);
  await dialog.getByRole('button', { name: t('common-cancel') }).click();
  await administration(ines, see);
}

/** Settings, one that was changed twice, all of them as a text, and the log of it. */
async function administration(ines: Agent, see: See): Promise<void> {
  const { page, t, dialog } = ines;
  const main = page.getByRole('main');
  await ines.goTo('agent-admin');
  await expect(main.getByRole('row')).toHaveCount(5);
  await see('admin-agents', page);
  await main.getByRole('button', { name: t('admin-agent-change', { name: 'Ines Vogt' }) }).click();
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(3);
  await see('admin-agent', page);
  await page.keyboard.press('Escape');
  await main.getByRole('link', { name: t('admin-rights') }).click();
  await expect(main.getByRole('table')).toHaveCount(3);
  await see('admin-rights', page);
  await main.getByRole('link', { name: t('admin-look') }).click();
  await expect(main.getByRole('heading', { name: t('admin-look-sample') })).toBeVisible();
  await see('admin-look', page);
  await main.getByRole('link', { name: t('admin-settings') }).click();
  const lease = main.getByRole('textbox', { name: t('setting-lease_s'), exact: true });
  const name = t('setting-lease_s');
  await lease.fill('0');
  await lease.press('Enter');
  await expect(main.getByRole('alert')).toBeVisible();
  await see('admin-settings', page);
  await lease.fill('3600');
  await lease.press('Enter');
  await expect(main.getByText(t('admin-saved', { name }))).toBeAttached();
  await main.getByRole('button', { name: t('admin-history-of', { name }) }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await see('admin-history', page);
  await page.keyboard.press('Escape');
  await main.getByRole('button', { name: t('admin-as-text') }).click();
  const text = dialog.getByRole('textbox');
  await expect(text).toHaveValue(/\nlease_s = 3600\n/);
  await text.fill('lease_s = 90\nno_answer_s = 240\n');
  await dialog.getByRole('button', { name: t('admin-plan') }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await see('admin-text', page);
  await page.keyboard.press('Escape');
  await main.getByRole('link', { name: t('admin-sessions'), exact: true }).click();
  await expect(main.getByRole('rowheader', { name: 'Ines Vogt' })).toBeVisible();
  await see('admin-sessions', page);
  await main.getByRole('link', { name: t('admin-channels') }).click();
  await expect(main.getByRole('row')).toHaveCount(4);
  await see('admin-channels', page);
  await main.getByRole('button', { name: t('admin-channel-change', { name: 'Travel desk' }) }).click();
  await see('admin-channel', page);
  await page.keyboard.press('Escape');
  await main.getByRole('link', { name: t('admin-begin'), exact: true }).click();
  await new Preview(page, main.locator('iframe'), t).isThere();
  await see('admin-begin', page);
  await main.getByRole('link', { name: t('admin-customers'), exact: true }).click();
  await expect(main.getByRole('rowheader', { name: 'Hanne Dahl' })).toBeVisible();
  await see('admin-customers', page);
  await main.getByRole('button', { name: t('admin-customer-change', { name: 'Hanne Dahl' }) }).click();
  await see('admin-customer', page);
  await page.keyboard.press('Escape');
  await main.getByRole('link', { name: t('admin-companies') }).click();
  await expect(main.getByRole('rowheader').first()).toBeVisible();
  await see('admin-companies', page);
  await main.getByRole('link', { name: t('admin-queues') }).click();
  await expect(main.getByRole('rowheader').first()).toBeVisible();
  await see('admin-queues', page);
  await main.getByRole('link', { name: t('admin-snippets') }).click();
  await main.getByRole('button', { name: t('admin-snippet-change', { name: 'skerry-ferries' }) }).click();
  await new Preview(page, dialog.locator('iframe'), t).isThere();
  await see('admin-snippet', page);
  await page.keyboard.press('Escape');
  await main.getByRole('link', { name: t('admin-letters') }).click();
  await expect(main.getByText(t('admin-no-letters'))).toBeVisible();
  await see('admin-letters', page);
  await main.getByRole('link', { name: t('admin-log') }).click();
  await expect(main.getByRole('row').filter({ hasText: name })).toHaveCount(1);
  await see('admin-log', page);
}

/** The external interface, and the public page. */
async function portal(desk: Desk, cast: Cast, ines: Agent, see: See, browsing: Browsing): Promise<void> {
  const hanne = await cast.customer('hanne', browsing);
  const { page, t, asking } = hanne;
  await page.goto(hanne.address);
  await expect(page.getByLabel(t('customer-login'))).toBeVisible();
  await see('portal-sign-in', page);
  await hanne.signIn();
  await see('portal-home', page);
  await hanne.corner.click();
  await asking.message.fill(TRAILER);
  await hanne.channel('Default').check();
  await see('portal-start', page);
  await asking.start.click();
  await expect(asking.composer).toBeVisible();
  const talk = await ines.take(hanne.name);
  await expect(asking.log).toContainText(t('chat-entry-joined', { you: 'no', name: ines.name }));
  await see('portal-chat', page);
  await hanne.window.getByRole('button', { name: t('customer-all') }).click();
  await see('portal-list', page);
  await talk.close();
  await page.getByRole('button', { name: t('customer-close-chat') }).click();
  await seek(page.getByRole('searchbox', { name: t('customer-search') }), SOUGHT_PAST, page.locator('mark'));
  await expect(page.locator('mark')).toHaveText(SOUGHT_PAST);
  await see('portal-found', page);
  await page.getByRole('main').getByRole('link', { name: ines.name }).click();
  await expect(page.getByRole('main').getByRole('log')).toContainText(TRAILER);
  await see('portal-past', page);
  await page.goto(`${hanne.address}tickets/new`);
  await page.getByLabel(t('customer-ticket-title')).fill(TICKET);
  await page.getByLabel(t('customer-ticket-text')).fill(TRAILER);
  await page.getByRole('button', { name: t('customer-ticket-make') }).click();
  await expect(page.getByRole('heading', { name: TICKET })).toBeVisible();
  await see('portal-ticket', page);
  await page.goto(`${hanne.address}tickets`);
  await page.getByRole('main').getByRole('link', { name: TICKET }).waitFor();
  await see('portal-tickets', page);

  await page.goto(`${desk.url}/chat/skerry-ferries`);
  await expect(new Asking(page, t).start).toBeEnabled();
  await see('public-page', page);
}
