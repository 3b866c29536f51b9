/** A ticket that is not there yet: title and text, kept until it is. */
import { signal } from '@preact/signals';
import type { MyTicketMade } from '../api/types.ts';
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
  #api: Api;
  #drafts: Drafts;
  #begin: Beginning;
  #wish = new Wish();

  constructor(api: Api, drafts: Drafts, begin: Beginning) {
    this.#api = api;
    this.#drafts = drafts;
    this.#begin = begin;
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
      return ticket;
    } catch (error) {
      this.trouble.value = error;
      return undefined;
    } finally {
      this.making.value = false;
    }
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
