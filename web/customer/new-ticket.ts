/** A ticket that is not there yet: title, text and files, kept until they are. */
import { computed, signal } from '@preact/signals';
import type { MyTicketMade } from '../api/types.ts';
import { Attachments } from '../core/attachments.ts';
import type { Drafts } from '../core/drafts.ts';
import { lang } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { Wish } from '../core/wish.ts';

export interface Beginning {
  /** What these drafts are kept under. */
  draft: string;
  title?: string;
  text?: string;
  /** A chat that has ended, which goes into the ticket. */
  chat?: string;
}

export class NewTicket {
  readonly title = signal('');
  readonly text = signal('');
  readonly making = signal(false);
  /** Why the last attempt did not happen. */
  readonly trouble = signal<unknown>(undefined);
  readonly made = signal<MyTicketMade | undefined>(undefined);
  /** Not where the ticket goes into a connected ticket system: nothing here could be attached to. */
  readonly files: Attachments;
  /** It is made, and its files are attached or given up. */
  readonly done = computed(() => {
    const made = this.made.value;
    if (!made) return false;
    return made.id === undefined || this.#without.value || (!this.making.value && this.files.items.value.length === 0);
  });
  #without = signal(false);
  #api: Api;
  #drafts: Drafts;
  #begin: Beginning;
  #wish = new Wish();

  constructor(api: Api, drafts: Drafts, begin: Beginning) {
    this.#api = api;
    this.#drafts = drafts;
    this.#begin = begin;
    this.files = new Attachments(api);
    this.title.value = drafts.read(`${begin.draft} title`) || (begin.title ?? '');
    this.text.value = drafts.read(begin.draft) || (begin.text ?? '');
  }

  name(title: string): void {
    this.title.value = title;
    this.#drafts.write(`${this.#begin.draft} title`, title);
  }

  type(text: string): void {
    this.text.value = text;
    this.#drafts.write(this.#begin.draft, text);
  }

  /** Answers with the ticket when it is there; until then everything stays as it is. */
  async make(): Promise<MyTicketMade | undefined> {
    const content = { title: this.title.peek().trim(), text: this.text.peek().trim() };
    if (this.making.peek() || content.title === '' || content.text === '') return undefined;
    this.making.value = true;
    this.trouble.value = undefined;
    const { chat, draft } = this.#begin;
    const body = { ...content, language: lang.peek(), ...(chat === undefined ? {} : { chat }) };
    try {
      const ticket = await this.#wish.once(body, (cid) =>
        this.#api.call('POST /api/my/tickets', { body: { cid, ...body } }),
      );
      this.title.value = '';
      this.text.value = '';
      this.#drafts.drop(draft);
      this.#drafts.drop(`${draft} title`);
      this.made.value = ticket;
      // The text is its first article; what of the files is not attached stays in sight.
      if (ticket.id !== undefined && this.files.items.peek().length > 0) await this.files.sendTo(ticket.id, 1);
      return ticket;
    } catch (error) {
      this.trouble.value = error;
      return undefined;
    } finally {
      this.making.value = false;
    }
  }

  /** Sends what is left of the files once more. */
  async again(): Promise<void> {
    if (this.making.peek()) return;
    this.making.value = true;
    await this.files.again();
    this.making.value = false;
  }

  /** Does without the files that are not attached. */
  without(): void {
    this.#without.value = true;
  }
}

/** The beginning of a text as one line, for a title. */
export function titleOf(text: string): string {
  const line = text.trim().split(/\s*\n/, 1)[0]!;
  const letters = [...line];
  return letters.length <= TITLE
    ? line
    : `${letters
        .slice(0, TITLE - 1)
        .join('')
        .trimEnd()}…`;
}

const TITLE = 80;
