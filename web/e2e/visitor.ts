import { expect, type Frame, type Locator } from '@playwright/test';
import { Launcher } from './launcher.ts';
import { Person, type Seat } from './person.ts';

/** What the loader calls its button, which has no catalogue: it must stay small. */
const LAUNCHER = { en: /Chat with us|Close chat/, de: /Chatten Sie mit uns|Chat schließen/ };

/** The conversation as the one who asks has it, in the panel, on the public page or in the portal. */
export class Asking {
  constructor(
    readonly place: Pick<Frame, 'getByRole' | 'getByText' | 'getByLabel' | 'locator'>,
    readonly t: Person['t'],
  ) {}

  get message(): Locator {
    return this.place.getByRole('textbox', { name: this.t('widget-message') });
  }

  get nameField(): Locator {
    return this.place.getByRole('textbox', { name: this.t('widget-name') });
  }

  get start(): Locator {
    return this.place.getByRole('button', { name: this.t('widget-start') });
  }

  /** Stands where one would start, while nobody is there. */
  get leave(): Locator {
    return this.place.getByRole('button', { name: this.t('widget-leave') });
  }

  /** One of the ways out once nobody has answered for long. */
  get leaveInstead(): Locator {
    return this.place.getByRole('button', { name: this.t('widget-leave-instead') });
  }

  /** Goes on waiting, also from the message that one would have left. */
  get keepWaiting(): Locator {
    return this.place.getByRole('button', { name: this.t('widget-keep-waiting') });
  }

  /** The history. */
  get log(): Locator {
    return this.place.getByRole('log', { name: this.t('widget-log') });
  }

  get composer(): Locator {
    return this.place.getByRole('textbox', { name: this.t('widget-write') });
  }

  get newConversation(): Locator {
    return this.place.getByRole('button', { name: this.t('widget-new') });
  }

  async begin(name: string | undefined, text: string): Promise<void> {
    await this.message.fill(text);
    if (name !== undefined) await this.nameField.fill(name);
    await this.start.click();
    await expect(this.log).toContainText(text);
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }
}

/** Whoever comes by a web page that has the chat on it. */
export class Visitor extends Person {
  readonly launcher: Launcher;

  constructor(seat: Seat, name: string) {
    super(seat, name);
    this.launcher = new Launcher(seat.page, LAUNCHER[seat.language]);
  }

  async visit(address: string): Promise<void> {
    await this.page.goto(address);
  }

  /** Opens the chat by its button. */
  async open(): Promise<Asking> {
    await this.launcher.press();
    await expect.poll(() => this.frame, 'the panel is there').toBeDefined();
    return this.panel;
  }

  get frame(): Frame | undefined {
    return this.page.frames().find((frame) => frame.url().includes('/widget/frame/'));
  }

  /** The panel beside the launcher. It is another one after each reload. */
  get panel(): Asking {
    const { frame } = this;
    if (frame === undefined) throw new Error('The chat was not opened on this page');
    return new Asking(frame, this.t);
  }
}
