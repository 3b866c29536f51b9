/**
 * What was written in one chat and is not stored yet. Sends in order, one at a time, and keeps every text until the
 * server has it or the person throws it away.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem, SayKind } from '../api/types.ts';
import type { Shelf } from './shelf.ts';

/** `stored`: the server has it, and its entry is on the way. */
export type Delivery = 'waiting' | 'sending' | 'stored' | 'failed';

export interface Pending {
  /** Made here, unique for ever: the server stores a text once however often it is sent under this id. */
  cid: string;
  kind: SayKind;
  text: string;
  at: number;
  delivery: Delivery;
  /** Where it was stored, known before its entry arrives. */
  seq?: number;
  /** Why it failed. */
  problem?: Problem;
}

/** How long a connection may leave a message unanswered before it is sent again under its id. */
const ANSWER_WITHIN_MS = 10_000;
const LONGEST_PAUSE_MS = 10_000;
const TRIES = 6;

export interface OutboxDoors {
  /** False when there is no connection now. */
  send: (message: Pending) => boolean;
  newId: () => string;
  now: () => number;
}

export class Outbox {
  readonly pending: ReadonlySignal<readonly Pending[]>;
  #pending = signal<readonly Pending[]>([]);
  #doors: OutboxDoors;
  #shelf: Shelf;
  #name: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Until when the server asked us not to send. */
  #pausing = false;
  #tries = 0;

  constructor(name: string, shelf: Shelf, doors: OutboxDoors) {
    this.pending = this.#pending;
    this.#name = `outbox:${name}`;
    this.#shelf = shelf;
    this.#doors = doors;
    this.#pending.value = restore(shelf.get(this.#name));
  }

  /** Takes a text in; answers with its id. */
  add(kind: SayKind, text: string): string {
    const cid = this.#doors.newId();
    this.#set([...this.#pending.value, { cid, kind, text, at: this.#doors.now(), delivery: 'waiting' }]);
    this.#next();
    return cid;
  }

  /** A new connection stands: what was under way on the old one is said again under the same id. */
  resume(): void {
    this.#pausing = false;
    this.#set(this.#pending.value.map((it) => (it.delivery === 'sending' ? waiting(it) : it)));
    this.#next();
  }

  /** The entry of this id is in the log. True if it was ours. */
  delivered(cid: string): boolean {
    const rest = this.#pending.value.filter((it) => it.cid !== cid);
    if (rest.length === this.#pending.value.length) return false;
    this.#tries = 0;
    this.#set(rest);
    this.#next();
    return true;
  }

  /** The server has it at `seq`; it stays in sight until that entry arrives. */
  acked(cid: string, seq: number, loadedUpTo: number): void {
    if (seq <= loadedUpTo) {
      this.delivered(cid);
      return;
    }
    this.#tries = 0;
    this.#change(cid, (it) => ({ ...waiting(it), delivery: 'stored', seq }));
    this.#next();
  }

  /** Everything stored up to `seq` is loaded. */
  loaded(seq: number): void {
    const rest = this.#pending.value.filter((it) => it.seq === undefined || it.seq > seq);
    if (rest.length < this.#pending.value.length) this.#set(rest);
  }

  refused(cid: string, problem: Problem): void {
    const it = this.#pending.value.find((one) => one.cid === cid);
    if (it?.delivery !== 'sending') return;
    if (problem.retry_after_ms !== undefined && ++this.#tries < TRIES) {
      this.#pause(it, problem.retry_after_ms);
      return;
    }
    this.#tries = 0;
    this.#change(cid, (one) => ({ ...one, delivery: 'failed', problem }));
    this.#next();
  }

  /** The person wants a failed message sent again. */
  retry(cid: string): void {
    this.#change(cid, (it) => (it.delivery === 'failed' ? waiting(it) : it));
    this.#next();
  }

  /** The person gives a failed or waiting message up; answers with its text. */
  discard(cid: string): string | undefined {
    const it = this.#pending.value.find((one) => one.cid === cid);
    if (it === undefined || it.delivery === 'sending' || it.delivery === 'stored') return undefined;
    this.#set(this.#pending.value.filter((one) => one !== it));
    return it.text;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    if (this.#pausing || this.#pending.value.some((it) => it.delivery === 'sending')) return;
    clearTimeout(this.#timer);
    const next = this.#pending.value.find((it) => it.delivery === 'waiting');
    if (next === undefined || !this.#doors.send(next)) return;
    this.#change(next.cid, (it) => ({ ...it, delivery: 'sending' }));
    this.#timer = setTimeout(() => this.resume(), ANSWER_WITHIN_MS);
  }

  /** The server had no time for it: the same message again, before all later ones. */
  #pause(it: Pending, ms: number): void {
    clearTimeout(this.#timer);
    this.#pausing = true;
    this.#change(it.cid, waiting);
    this.#timer = setTimeout(() => this.resume(), Math.min(Math.max(ms, 250), LONGEST_PAUSE_MS));
  }

  #change(cid: string, how: (it: Pending) => Pending): void {
    this.#set(this.#pending.value.map((it) => (it.cid === cid ? how(it) : it)));
  }

  #set(pending: readonly Pending[]): void {
    this.#pending.value = pending;
    this.#shelf.put(this.#name, pending.length === 0 ? undefined : JSON.stringify(pending));
  }
}

function waiting({ cid, kind, text, at }: Pending): Pending {
  return { cid, kind, text, at, delivery: 'waiting' };
}

/** After a reload: what had failed still has, everything else is sent again. */
function restore(text: string | undefined): Pending[] {
  if (text === undefined) return [];
  try {
    return (JSON.parse(text) as Pending[]).map((it) => (it.delivery === 'failed' ? it : waiting(it)));
  } catch {
    return [];
  }
}
