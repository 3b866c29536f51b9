/**
 * One chat as this tab knows it: the server's view and entries, and what was written here and is not stored yet.
 * Components read the signals and call the verbs; frames come in through `hear`.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { type Api, Refusal } from '../api/http.ts';
import type { Live } from '../api/live.ts';
import type { ChatView, Done, EntryView, EntryWhat, FileView, Problem, SayKind, ServerFrame } from '../api/types.ts';
import { serverNow } from './clock.ts';
import { newId } from './id.ts';
import { type Delivery, Outbox, type Pending } from './outbox.ts';
import { pageShown } from './page.ts';
import type { Shelf } from './shelf.ts';
import { type Counted, unreadOf } from './unread.ts';

/** One line of the log, stored or not. Its key stays the same when a pending message becomes a delivered entry. */
export interface Line {
  key: string;
  /** Absent while it is pending. */
  seq?: number;
  /** Milliseconds since 1970. */
  at: number;
  who?: number;
  mine: boolean;
  what: EntryWhat;
  /** Pending lines only. */
  cid?: string;
  delivery?: Delivery;
  problem?: Problem;
  /** Of a file: which part of it is sent, from 0 to 1. */
  sent?: number;
}

/** A file on its way, whose name is its text. */
export interface Coming extends Pending {
  file: FileView;
  /** Which part of it is sent, from 0 to 1. */
  sent: number;
}

export interface Typist {
  who: number;
  note: boolean;
}

export type Older = 'none' | 'more' | 'loading' | 'failed';
export type ChatVerb = 'accept' | 'decline' | 'close' | 'hand_back' | 'leave';

export interface ChatDoors {
  live: Live;
  api: Api;
  /** Where what is not sent yet survives a reload. */
  shelf: Shelf;
  /** Whether the person can see the chat's page; nothing counts as read before. */
  shown?: ReadonlySignal<boolean>;
  newId?: () => string;
}

const TYPING_SHOWN_MS = 6_000;
const TYPING_SAID_EVERY_MS = 3_000;
const READ_SAID_EVERY_MS = 1_000;
const OLDER_PAGE = 100;

export class ChatStore {
  readonly id: string;
  readonly view = signal<ChatView | undefined>(undefined);
  /** What is loaded of the log, dense and in order. */
  readonly entries = signal<readonly EntryView[]>([]);
  readonly typing = signal<readonly Typist[]>([]);
  readonly older = signal<Older>('none');
  /** The chat is not this person's to see any more. */
  readonly gone = signal(false);
  /** Why the chat could not be shown. */
  readonly problem = signal<Problem | undefined>(undefined);
  readonly pending: ReadonlySignal<readonly Pending[]>;
  /** Files on their way, see `uploads`. */
  readonly files = signal<readonly Coming[]>([]);
  readonly unread: ReadonlySignal<number>;
  readonly lines: ReadonlySignal<readonly Line[]>;

  #doors: Required<ChatDoors>;
  #outbox: Outbox;
  #epoch: number | undefined;
  #said = signal<Counted>({ read: 0, unread: 0, asOf: 0 });
  /** Up to where the person has seen; the server may not know yet. */
  #seen = signal(0);
  #seenSaidAt = 0;
  #seenTimer: ReturnType<typeof setTimeout> | undefined;
  #seenHidden = false;
  #typists = new Map<number, ReturnType<typeof setTimeout>>();
  #typingSaidAt = 0;
  #acts = new Map<string, string>();
  #stop: Array<() => void>;

  constructor(id: string, doors: ChatDoors, seed?: ChatView) {
    this.id = id;
    this.#doors = { shown: pageShown, newId, ...doors };
    this.#outbox = new Outbox(id, doors.shelf, {
      send: ({ cid, kind, text }) => doors.live.send({ op: kind === 'note' ? 'note' : 'send', chat: id, cid, text }),
      newId: this.#doors.newId,
      now: serverNow,
    });
    this.pending = this.#outbox.pending;
    this.unread = computed(() => unreadOf(this.entries.value, this.view.value?.me, this.#counted()));
    this.lines = computed(() =>
      linesOf(this.entries.value, [...this.pending.value, ...this.files.value], this.view.value?.me),
    );
    if (seed !== undefined) this.#look(seed);
    this.#stop = [
      doors.live.onFrame((frame) => batch(() => this.#hear(frame))),
      doors.live.onUp(() => this.#up()),
      effect(() => {
        if (this.#doors.shown.value && this.#seenHidden) this.markRead();
      }),
    ];
    doors.live.watch(id);
    this.#outbox.resume();
  }

  /** Writes a message or a note; answers with its id. It shows at once and is sent as soon as there is a way. */
  say(text: string, kind: SayKind = 'message'): string {
    this.#typingSaidAt = 0;
    return this.#outbox.add(kind, text);
  }

  retry(cid: string): void {
    this.#outbox.retry(cid);
  }

  /** Throws a message away that is not under way; answers with its text. */
  discard(cid: string): string | undefined {
    return this.#outbox.discard(cid);
  }

  /** The person is typing; call it on every key. */
  type(note = false): void {
    const at = Date.now();
    if (at - this.#typingSaidAt < TYPING_SAID_EVERY_MS) return;
    if (this.#doors.live.send({ op: 'typing', chat: this.id, note })) this.#typingSaidAt = at;
  }

  /** The person sees the end of the log. While the page is hidden this waits until it is shown. */
  markRead(): void {
    this.#seenHidden = !this.#doors.shown.peek();
    const last = this.#last();
    if (this.#seenHidden || last <= this.#seen.peek()) return;
    this.#seen.value = last;
    this.#sayRead();
  }

  async loadOlder(): Promise<void> {
    const first = this.entries.peek()[0];
    if (first === undefined || first.seq <= 1 || this.older.peek() === 'loading') return;
    this.older.value = 'loading';
    try {
      const { entries } = await this.#doors.api.call('GET /api/chats/{chat}/entries', {
        chat: this.id,
        query: { before: first.seq, limit: OLDER_PAGE },
      });
      batch(() => {
        const joins = this.entries.peek()[0] === first && entries.at(-1)?.seq === first.seq - 1;
        if (joins) this.#keep([...entries, ...this.entries.peek()]);
        this.#settleOlder();
      });
    } catch {
      this.older.value = 'failed';
    }
  }

  /** Accepts, declines, closes, hands back or leaves. */
  act(verb: ChatVerb): Promise<void> {
    return this.once(verb, (api, chat, cid) => api.call(`POST /api/chats/{chat}/${verb}`, { chat, body: { cid } }));
  }

  /**
   * Carries a command out. Throws `Refusal` or `Unreachable`; while nobody knows whether it happened, a further attempt at
   * the same (`what` names it) goes out under the same id, so that it happens once.
   */
  async once(what: string, ask: (api: Api, chat: string, cid: string) => Promise<ChatView | Done>): Promise<void> {
    const cid = this.#acts.get(what) ?? this.#doors.newId();
    this.#acts.set(what, cid);
    try {
      const after = await ask(this.#doors.api, this.id, cid);
      this.#acts.delete(what);
      // Shown at once; if the live connection is down, this was the proof that the server can be reached.
      if ('state' in after) this.#look(after);
      this.#doors.live.wake();
    } catch (error) {
      if (error instanceof Refusal && error.final) this.#acts.delete(what);
      throw error;
    }
  }

  /** Stops following the chat. What is not sent yet stays on its shelf. */
  close(): void {
    for (const stop of this.#stop) stop();
    for (const timer of this.#typists.values()) clearTimeout(timer);
    clearTimeout(this.#seenTimer);
    this.#outbox.close();
    this.#doors.live.unwatch(this.id);
  }

  #hear(frame: ServerFrame): void {
    switch (frame.op) {
      case 'snapshot':
        if (frame.chat.id === this.id) this.#snapshot(frame.chat, frame.as_of.epoch, frame.entries);
        break;
      case 'entries':
        if (frame.chat === this.id) this.#append(frame.entries, frame.state);
        break;
      case 'state':
        if (frame.chat.id === this.id) this.#look(frame.chat);
        break;
      case 'ack':
        if (frame.chat === this.id) this.#outbox.acked(frame.cid, frame.seq, this.#last());
        break;
      case 'refused':
        if (frame.chat === this.id) this.#refused(frame.cid, frame.problem);
        break;
      case 'read':
        if (frame.chat === this.id) this.#count({ read: frame.seq, unread: frame.unread, asOf: this.#last() });
        break;
      case 'seen': {
        const view = this.view.peek();
        if (frame.chat === this.id && view) this.view.value = { ...view, seen: frame.seq };
        break;
      }
      case 'typing':
        if (frame.chat === this.id && frame.who !== this.view.peek()?.me) this.#types(frame);
        break;
      case 'gone':
        if (frame.chat === this.id) this.#drop();
        break;
    }
  }

  #snapshot(view: ChatView, epoch: number, entries: readonly EntryView[]): void {
    const had = this.entries.peek();
    const first = entries[0];
    const last = this.#last();
    // After a short break the snapshot continues what is loaded, and the reader keeps what he scrolled back to.
    const joins = epoch === this.#epoch && first !== undefined && first.seq <= last + 1 && had.length > 0;
    if (!joins) this.#said.value = { read: 0, unread: 0, asOf: 0 };
    if (epoch !== this.#epoch) this.#seen.value = 0;
    this.#epoch = epoch;
    this.problem.value = undefined;
    this.gone.value = false;
    this.#keep(joins ? [...had, ...entries.filter((entry) => entry.seq > last)] : entries);
    this.#look(view);
    this.#arrived(entries);
    this.#settleOlder();
  }

  #append(entries: readonly EntryView[], state: ChatView | undefined): void {
    const last = this.#last();
    const fresh = entries.filter((entry) => entry.seq > last);
    if (fresh.length > 0) this.#keep([...this.entries.peek(), ...fresh]);
    const view = this.view.peek();
    if (state !== undefined) this.#look(state);
    else if (view !== undefined) this.view.value = { ...view, head: Math.max(view.head, this.#last()) };
    this.#arrived(fresh);
  }

  /** What was loaded before its text was taken away does not keep it. */
  #keep(entries: readonly EntryView[]): void {
    this.entries.value = entries.reduce((all, { what, at }) => {
      if (what.kind !== 'redaction') return all;
      const gone = { ...what, kind: 'redacted', at } as const;
      return all.map((entry) => (entry.seq === what.of && 'text' in entry.what ? { ...entry, what: gone } : entry));
    }, entries);
  }

  /** Entries came in: their pending lines are done, and their writers have stopped typing. */
  #arrived(entries: readonly EntryView[]): void {
    for (const { cid, who } of entries) {
      if (cid !== undefined) this.#outbox.delivered(cid);
      if (who !== undefined) this.#stopsTyping(who);
    }
    this.#outbox.loaded(this.#last());
  }

  #look(view: ChatView): void {
    this.view.value = view;
    this.#count({ read: view.read, unread: view.unread, asOf: view.head });
  }

  /** The server's count. Read positions only grow, whatever overtook whatever on the way. */
  #count(said: Counted): void {
    if (said.read >= this.#said.peek().read) this.#said.value = said;
  }

  #counted(): Counted {
    const said = this.#said.value;
    return { ...said, read: Math.max(said.read, this.#seen.value) };
  }

  #refused(cid: string | undefined, problem: Problem): void {
    if (cid !== undefined) this.#outbox.refused(cid, problem);
    else if (this.view.peek() === undefined && problem.retry_after_ms === undefined) this.problem.value = problem;
  }

  #types({ who, note }: Typist): void {
    clearTimeout(this.#typists.get(who));
    this.#typists.set(
      who,
      setTimeout(() => this.#stopsTyping(who), TYPING_SHOWN_MS),
    );
    const known = this.typing.peek().some((typist) => typist.who === who && typist.note === note);
    if (!known) this.typing.value = [...this.typing.peek().filter((typist) => typist.who !== who), { who, note }];
  }

  #stopsTyping(who: number): void {
    clearTimeout(this.#typists.get(who));
    if (this.#typists.delete(who)) this.typing.value = this.typing.peek().filter((typist) => typist.who !== who);
  }

  #drop(): void {
    this.gone.value = true;
    this.view.value = undefined;
    this.entries.value = [];
    this.typing.value = [];
    this.older.value = 'none';
  }

  #up(): void {
    this.#outbox.resume();
    this.#sayRead();
  }

  /** Says how far the person has read, at most once a second. */
  #sayRead(): void {
    clearTimeout(this.#seenTimer);
    const seq = this.#seen.peek();
    if (seq <= this.#said.peek().read) return;
    const wait = this.#seenSaidAt + READ_SAID_EVERY_MS - Date.now();
    if (wait > 0) {
      this.#seenTimer = setTimeout(() => this.#sayRead(), wait);
    } else if (this.#doors.live.send({ op: 'read', chat: this.id, seq })) {
      this.#seenSaidAt = Date.now();
    }
  }

  #settleOlder(): void {
    const first = this.entries.peek()[0];
    this.older.value = first !== undefined && first.seq > 1 ? 'more' : 'none';
  }

  #last(): number {
    return this.entries.peek().at(-1)?.seq ?? 0;
  }
}

function linesOf(
  entries: readonly EntryView[],
  pending: readonly (Pending | Coming)[],
  me: number | undefined,
): Line[] {
  const stored = entries.map((entry): Line => {
    const mine = entry.who !== undefined && entry.who === me;
    // Others' ids are not ours to trust as keys.
    return { ...entry, key: mine && entry.cid !== undefined ? entry.cid : `n${entry.seq}`, mine };
  });
  const keys = new Set(stored.map((line) => line.key));
  const unsent = pending.filter((it) => !keys.has(it.cid));
  return [
    ...stored,
    ...unsent.map(({ cid, kind, text, ...rest }): Line => {
      const what = 'file' in rest ? { kind, text, file: rest.file } : { kind, text };
      const line: Line = { ...rest, cid, key: cid, mine: true, what };
      if (me !== undefined) line.who = me;
      return line;
    }),
  ];
}
