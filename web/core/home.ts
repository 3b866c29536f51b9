/** What the signed-in person of any surface has: who he is, the live connection, the chats he has open, his drafts. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import { Live, type LiveState } from '../api/live.ts';
import type { EndedReason, Link } from '../api/socket.ts';
import type { ChatSummary, ChatView, Me, ServerFrame } from '../api/types.ts';
import { ChatStore } from './chat.ts';
import { setServerNow } from './clock.ts';
import { Drafts } from './drafts.ts';
import { pageShown } from './page.ts';
import { browserShelf, type Shelf } from './shelf.ts';

/** How much of a message a list shows. */
const PREVIEW = 200;

export interface HomeDoors {
  /** Where outbox and drafts survive a reload; the tab's storage unless told otherwise. */
  shelf?: Shelf;
  /** Whether the person can see the chats. */
  shown?: ReadonlySignal<boolean>;
}

export class Home {
  readonly api: Api;
  readonly me = signal<Me>({ id: '', kind: 'public_user', name: '' });
  readonly state = signal<LiveState>('connecting');
  /** Why the connection ended for good. */
  readonly ended = signal<EndedReason | undefined>(undefined);
  /** The server has said how things stand at least once. */
  readonly ready = signal(false);
  /**
   * The person's chats as the server listed them, each with what was said since: lists come when something else than
   * messages has changed.
   */
  readonly chats = computed(() => this.#listed.value.map((chat) => this.#upToDate(chat)));
  /** Unread in all of them. */
  readonly unread = computed(() => this.chats.value.reduce((sum, chat) => sum + chat.unread, 0));
  readonly drafts: Drafts;
  readonly live: Live;
  #link: Link;
  #shelf: Shelf;
  #shown: ReadonlySignal<boolean>;
  #open = new Map<string, ChatStore>();
  /** Chats that somebody shows, and those that run: both are followed. */
  #shownChats = new Set<string>();
  #running = new Set<string>();
  #listed = signal<readonly ChatSummary[]>([]);
  #flush = () => this.drafts.flush();

  constructor(me: Me, api: Api, link: Link, doors: HomeDoors = {}) {
    this.api = api;
    this.me.value = me;
    this.#shelf = doors.shelf ?? browserShelf('tab');
    this.#shown = doors.shown ?? pageShown;
    this.drafts = new Drafts(this.#shelf);
    this.#link = link;
    this.live = new Live(link);
    this.live.onFrame((frame) => batch(() => this.hear(frame)));
    this.live.onState(() => this.#settle());
    this.#settle();
    addEventListener('pagehide', this.#flush);
  }

  /** One tab of a profile does what has to be done once for all, such as notifications. */
  get leads(): boolean {
    return this.#link.leads ?? true;
  }

  /** The store of a chat, which is followed from now on. `seed` shows something before the server answered. */
  open(chat: string, seed?: ChatView): ChatStore {
    this.#shownChats.add(chat);
    return this.#follow(chat, seed);
  }

  /** Nobody shows this chat any more. One that runs is still followed, for what is unread in it. */
  close(chat: string): void {
    this.#shownChats.delete(chat);
    this.#sweep();
  }

  /** The store of a chat that is followed already. */
  find(chat: string): ChatStore | undefined {
    return this.#open.get(chat);
  }

  /** Leaves everything, e.g. before another person signs in. */
  end(): void {
    this.#shownChats.clear();
    this.#running.clear();
    this.#sweep();
    this.drafts.flush();
    removeEventListener('pagehide', this.#flush);
    this.live.close();
    this.#settle();
  }

  /** The server listed the person's chats. */
  protected list(chats: readonly ChatSummary[]): void {
    this.#running = new Set(chats.filter(({ state }) => state !== 'closed').map(({ id }) => id));
    for (const chat of this.#running) this.#follow(chat);
    this.#listed.value = chats;
    this.#sweep();
  }

  protected hear(frame: ServerFrame): void {
    if (frame.op === 'welcome') this.me.value = frame.me;
    if (frame.op === 'welcome' || frame.op === 'beat') setServerNow(frame.now);
  }

  #follow(chat: string, seed?: ChatView): ChatStore {
    const known = this.#open.get(chat);
    if (known !== undefined) return known;
    const store = new ChatStore(chat, { live: this.live, api: this.api, shelf: this.#shelf, shown: this.#shown }, seed);
    this.#open.set(chat, store);
    return store;
  }

  #sweep(): void {
    for (const [chat, store] of this.#open) {
      if (this.#shownChats.has(chat) || this.#running.has(chat)) continue;
      store.close();
      this.#open.delete(chat);
    }
  }

  #upToDate(chat: ChatSummary): ChatSummary {
    const store = this.#open.get(chat.id);
    if (store?.view.value === undefined) return chat;
    const newest = store.entries.value.findLast(({ what }) => what.kind === 'message');
    const unread = store.unread.value;
    if (newest?.what.kind !== 'message' || newest.at < chat.last_at) return { ...chat, unread };
    return { ...chat, unread, last_text: newest.what.text.slice(0, PREVIEW), last_at: newest.at };
  }

  #settle(): void {
    batch(() => {
      this.state.value = this.live.state;
      this.ended.value = this.live.ended;
    });
  }
}
