import { expect, type Locator } from '@playwright/test';
import { Person, type Seat } from './person.ts';

/** A member of the help desk in the agent interface. */
export class Agent extends Person {
  constructor(
    seat: Seat,
    name: string,
    readonly login: string,
    readonly password: string,
    readonly address: string,
  ) {
    super(seat, name);
  }

  async signIn(): Promise<void> {
    const { page, t } = this;
    await page.goto(this.address);
    await page.getByLabel(t('agent-login')).fill(this.login);
    await page.getByLabel(t('agent-password')).fill(this.password);
    await page.getByRole('button', { name: t('agent-sign-in') }).click();
    await this.isLive();
  }

  async isLive(): Promise<void> {
    await expect(this.page.getByRole('banner').getByText(this.t('common-live'), { exact: true })).toBeVisible({
      timeout: 20_000,
    });
  }

  /** The chat symbol of the organizer sidebar. */
  get chats(): Locator {
    const sidebar = this.page.getByRole('navigation', { name: this.t('agent-organizer') });
    return sidebar.getByRole('button', { name: new RegExp(`^${this.t('agent-chats')}`) });
  }

  /** The chat request list, while it is open. */
  get requests(): Locator {
    return this.page.getByRole('region', { name: this.t('agent-request-list') });
  }

  row(requester: string): Locator {
    return this.requests.getByRole('row', { name: requester });
  }

  accept(requester: string): Locator {
    return this.row(requester).getByRole('button', { name: this.t('agent-accept-whom', { name: requester }) });
  }

  /** Opens the list by a click, if it is not open, and accepts. */
  async take(requester: string): Promise<Talk> {
    await this.chats.click();
    await this.accept(requester).click();
    const talk = this.talk(requester);
    await expect(talk.window).toBeVisible();
    return talk;
  }

  /** The window of the chat with somebody. */
  talk(whom: string): Talk {
    return new Talk(this, whom);
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  async goTo(place: 'agent-home' | 'agent-tickets' | 'agent-archive' | 'agent-admin'): Promise<void> {
    const sidebar = this.page.getByRole('navigation', { name: this.t('agent-organizer') });
    await sidebar.getByRole('link', { name: this.t(place), exact: true }).click();
  }

  /** Picks one of the three by the quick switch. */
  async setAvailability(is: 'unavailable' | 'internal' | 'internal_and_external'): Promise<void> {
    const button = this.page.getByRole('banner').getByRole('button', { name: this.t('agent-availability-label') });
    await button.click();
    const name = this.t('agent-availability', { is });
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
    await expect(button).toHaveAccessibleName(`${this.t('agent-availability-label')}: ${name}`);
  }
}

/** One chat in its window. */
export class Talk {
  constructor(
    readonly agent: Agent,
    readonly whom: string,
  ) {}

  get window(): Locator {
    return this.agent.page.getByRole('region', { name: this.agent.t('agent-chat-with', { name: this.whom }) });
  }

  get log(): Locator {
    return this.window.getByRole('log', { name: this.agent.t('agent-history', { name: this.whom }) });
  }

  get composer(): Locator {
    const [firstName = ''] = this.whom.split(',');
    return this.window.getByRole('textbox', { name: this.agent.t('agent-message-to', { name: firstName }) });
  }

  /** The minimised window. */
  get bar(): Locator {
    const chats = this.agent.page.getByRole('complementary', { name: this.agent.t('agent-my-chats') });
    return chats.getByRole('button', { name: this.whom }).first();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Opens the menu of the chat. */
  async menu(): Promise<void> {
    await this.window.getByRole('button', { name: this.agent.t('agent-chat-menu') }).click();
  }

  async pick(item: string): Promise<void> {
    await this.menu();
    await this.agent.page.getByRole('menuitem', { name: new RegExp(`^${this.agent.t(item)}`) }).click();
  }

  /** Writes for agents only, and goes back to answering. */
  async note(text: string): Promise<void> {
    const { t } = this.agent;
    await this.audience('note');
    await this.window.getByRole('textbox', { name: t('chat-note-prompt') }).fill(text);
    await this.window.getByRole('button', { name: t('chat-add-note') }).click();
    await this.audience('message');
  }

  async audience(who: 'note' | 'message'): Promise<void> {
    const [firstName = ''] = this.whom.split(',');
    const { t } = this.agent;
    const name = who === 'note' ? t('chat-agents-only') : t('agent-everyone', { name: firstName });
    await this.window.getByText(name, { exact: true }).click();
    await expect(this.window.getByRole('radio', { name })).toBeChecked();
  }

  async minimise(): Promise<void> {
    await this.window.getByRole('button', { name: this.agent.t('agent-minimise') }).click();
    await expect(this.window).toBeHidden();
  }

  /** Takes the window of a closed chat away. */
  async putAway(): Promise<void> {
    await this.window
      .getByRole('button', { name: this.agent.t('agent-put-away') })
      .first()
      .click();
    await expect(this.window).toBeHidden();
  }

  /** Closes the chat for good, by the X and the question after it. */
  async close(): Promise<void> {
    const { dialog, t } = this.agent;
    await this.window.getByRole('button', { name: t('agent-close-chat') }).click();
    await dialog.getByRole('button', { name: t('agent-close-chat') }).click();
    await expect(dialog).toBeHidden();
  }
}
