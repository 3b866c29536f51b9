import { expect, type Locator } from '@playwright/test';
import { Person, type Seat } from './person.ts';
import { Asking } from './visitor.ts';

/** A known customer in the external interface. */
export class Customer extends Person {
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
    await page.getByLabel(t('customer-login')).fill(this.login);
    await page.getByLabel(t('customer-password')).fill(this.password);
    await page.getByRole('button', { name: t('customer-sign-in') }).click();
    await expect(page.getByRole('heading', { name: t('customer-hello', { name: this.name }) })).toBeVisible();
  }

  /** The button bottom right. */
  get corner(): Locator {
    const names = [this.t('customer-open-chat'), this.t('customer-close-chat')];
    return this.page.getByRole('button', { name: new RegExp(`^(${names.join('|')})`) });
  }

  /** The chat window that it opens. */
  get window(): Locator {
    return this.page.getByRole('region', { name: this.t('customer-chat'), exact: true });
  }

  get asking(): Asking {
    return new Asking(this.window, this.t);
  }

  channel(name: string): Locator {
    return this.window.getByRole('group', { name: this.t('widget-channel') }).getByRole('radio', { name });
  }
}
