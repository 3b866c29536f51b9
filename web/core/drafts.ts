import type { Shelf } from './shelf.ts';

const SETTLED_MS = 400;

/** What somebody was typing, a text per chat. Written to its shelf when the typing settles, and at once on `flush`. */
export class Drafts {
  #shelf: Shelf;
  #unsaved = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  read(chat: string): string {
    return this.#unsaved.get(chat) ?? this.#shelf.get(`draft:${chat}`) ?? '';
  }

  write(chat: string, text: string): void {
    this.#unsaved.set(chat, text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), SETTLED_MS);
  }

  drop(chat: string): void {
    this.#unsaved.delete(chat);
    this.#shelf.put(`draft:${chat}`, undefined);
  }

  /** Call when the page may go away. */
  flush(): void {
    clearTimeout(this.#timer);
    for (const [chat, text] of this.#unsaved) this.#shelf.put(`draft:${chat}`, text === '' ? undefined : text);
    this.#unsaved.clear();
  }
}
