import { type ReadonlySignal, signal } from '@preact/signals';
import type { Shelf } from '../core/shelf.ts';

export interface ChatWindowState {
  chat: string;
  open: boolean;
}

/**
 * The chat windows of this tab: which ones there are, in which order, and which are minimised. As many are open
 * as there is room for; a further one minimises the one that was opened longest ago.
 */
export class Windows {
  readonly list: ReadonlySignal<readonly ChatWindowState[]>;
  /** The chat whose field the keyboard should go to, until it has gone there. */
  readonly focus = signal<string | undefined>(undefined);
  #list = signal<readonly ChatWindowState[]>([]);
  #room = 1;
  #shelf: Shelf;
  #name: string;

  /** `whose` keeps one agent's windows apart from those of the next one at this desk. */
  constructor(shelf: Shelf, whose: string) {
    this.#shelf = shelf;
    this.#name = `windows:${whose}`;
    this.#list.value = restore(shelf.get(this.#name));
    this.list = this.#list;
  }

  /** Opens a chat's window, or brings it back. */
  show(chat: string): void {
    const others = this.#list.value.filter((one) => one.chat !== chat);
    const known = this.#list.value.some((one) => one.chat === chat && one.open);
    this.#set(known ? this.#list.value : [...others, { chat, open: true }]);
    this.focus.value = chat;
  }

  minimise(chat: string): void {
    this.#set(this.#list.value.map((one) => (one.chat === chat ? { chat, open: false } : one)));
  }

  remove(chat: string): void {
    this.#set(this.#list.value.filter((one) => one.chat !== chat));
  }

  /** The agent's running chats by the server's word: one that is new here appears minimised. */
  know(chats: readonly string[]): void {
    const known = new Set(this.#list.value.map(({ chat }) => chat));
    const fresh = chats.filter((chat) => !known.has(chat)).map((chat) => ({ chat, open: false }));
    if (fresh.length > 0) this.#set([...fresh, ...this.#list.value]);
  }

  /** How many open windows fit beside each other. */
  fit(room: number): void {
    this.#room = room;
    this.#set(this.#list.value);
  }

  #set(list: readonly ChatWindowState[]): void {
    let surplus = list.filter(({ open }) => open).length - this.#room;
    const fitting = list.map((one) => (one.open && surplus-- > 0 ? { ...one, open: false } : one));
    this.#list.value = fitting;
    this.#shelf.put(this.#name, fitting.length === 0 ? undefined : JSON.stringify(fitting));
  }
}

function restore(text: string | undefined): ChatWindowState[] {
  try {
    return text === undefined ? [] : JSON.parse(text);
  } catch {
    return [];
  }
}
