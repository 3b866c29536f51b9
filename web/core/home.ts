/** What the signed-in person of any surface has: who he is, the live connection, the chats he has open, his drafts. */
import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import { Live, type LiveState } from '../api/live.ts';
import type { EndedReason, Link } from '../api/socket.ts';
import type { ChatView, Me, ServerFrame } from '../api/types.ts';
import { ChatStore } from './chat.ts';
import { setServerNow } from './clock.ts';
import { Drafts } from './drafts.ts';
import { pageShown } from './page.ts';
import { browserShelf, type Shelf } from './shelf.ts';

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
  readonly drafts: Drafts;
  readonly live: Live;
  #link: Link;
  #shelf: Shelf;
  #shown: ReadonlySignal<boolean>;
  #open = new Map<string, ChatStore>();
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

  /** The store of a chat; the first call starts following it. `seed` shows something before the server answered. */
  open(chat: string, seed?: ChatView): ChatStore {
    const known = this.#open.get(chat);
    if (known !== undefined) return known;
    const store = new ChatStore(chat, { live: this.live, api: this.api, shelf: this.#shelf, shown: this.#shown }, seed);
    this.#open.set(chat, store);
    return store;
  }

  /** Stops following a chat. */
  close(chat: string): void {
    this.#open.get(chat)?.close();
    this.#open.delete(chat);
  }

  /** The store of a chat that is followed already. */
  find(chat: string): ChatStore | undefined {
    return this.#open.get(chat);
  }

  /** Leaves everything, e.g. before another person signs in. */
  end(): void {
    for (const chat of [...this.#open.keys()]) this.close(chat);
    this.drafts.flush();
    removeEventListener('pagehide', this.#flush);
    this.live.close();
    this.#settle();
  }

  protected hear(frame: ServerFrame): void {
    if (frame.op === 'welcome') this.me.value = frame.me;
    if (frame.op === 'welcome' || frame.op === 'beat') setServerNow(frame.now);
  }

  #settle(): void {
    batch(() => {
      this.state.value = this.live.state;
      this.ended.value = this.live.ended;
    });
  }
}
