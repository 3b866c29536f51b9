/** One ticket as its customer sees it, and what he writes to it. */
import { signal } from '@preact/signals';
import type { MyTicket } from '../api/types.ts';
import { renewed, withEarlier } from '../core/articles.ts';
import { Attachments } from '../core/attachments.ts';
import type { Drafts } from '../core/drafts.ts';
import type { Api } from '../core/server.ts';
import { Wish } from '../core/wish.ts';

/** Counts what the chat window has put into tickets. */
export const putIn = signal(0);

export class Ticket {
  readonly shown = signal<MyTicket | undefined>(undefined);
  /** Why it could not be fetched. */
  readonly problem = signal<unknown>(undefined);
  readonly text = signal('');
  readonly writing = signal(false);
  /** Why the last text did not go in. */
  readonly trouble = signal<unknown>(undefined);
  readonly id: string;
  /** What goes with the text. */
  readonly files: Attachments;
  #api: Api;
  #drafts: Drafts;
  #wish = new Wish();

  constructor(id: string, api: Api, drafts: Drafts) {
    this.id = id;
    this.#api = api;
    this.files = new Attachments(api);
    this.#drafts = drafts;
    this.text.value = drafts.read(this.#draft);
    void this.load();
  }

  async load(): Promise<void> {
    try {
      const fresh = await this.#api.call('GET /api/my/tickets/{ticket}', { ticket: this.id, query: {} });
      this.shown.value = renewed(this.shown.peek(), fresh);
      this.problem.value = undefined;
    } catch (error) {
      this.problem.value = error;
    }
  }

  /** What stands before the first article shown. Throws `Refusal` or `Unreachable`. */
  async earlier(): Promise<void> {
    const before = this.shown.peek()?.articles[0]?.n;
    const page = await this.#api.call('GET /api/my/tickets/{ticket}', { ticket: this.id, query: { before } });
    const shown = this.shown.peek();
    this.shown.value = shown && withEarlier(shown, before, page);
  }

  /** Sends what is left of the files once more. */
  async again(): Promise<void> {
    await this.files.again();
    await this.load();
  }

  type(text: string): void {
    this.text.value = text;
    this.#drafts.write(this.#draft, text);
  }

  /** Writes what was typed. It stays in the field until it is in the ticket. */
  async write(): Promise<boolean> {
    const typed = this.text.peek();
    const text = typed.trim();
    if (this.writing.peek() || text === '') return false;
    this.writing.value = true;
    this.trouble.value = undefined;
    try {
      const { n } = await this.#wish.once({ text }, (cid) =>
        this.#api.call('POST /api/my/tickets/{ticket}/articles', { ticket: this.id, body: { cid, text } }),
      );
      if (this.text.peek() === typed) {
        this.text.value = '';
        this.#drafts.drop(this.#draft);
      }
      await this.load();
      // The text is there; what of the files is not attached stays in sight.
      if (this.files.items.peek().length > 0) {
        await this.files.sendTo(this.id, n);
        await this.load();
      }
      return true;
    } catch (error) {
      this.trouble.value = error;
      return false;
    } finally {
      this.writing.value = false;
    }
  }

  get #draft(): string {
    return `ticket ${this.id}`;
  }
}
