/**
 * The watched chats over a link: keeps each one's position, asks again from there after every new connection, and lets
 * pass only entries that continue the log without a hole.
 */
import { SHORTEST_WAIT_MS } from './backoff.ts';
import type { ChatView, ClientFrame, EntryView, Position, Problem, ServerFrame } from './generated.ts';
import { Listeners } from './listeners.ts';
import type { EndedReason, Link } from './socket.ts';

/** `catching_up`: connected, and some watched chat is behind the server. */
export type LiveState = 'connecting' | 'live' | 'catching_up' | 'offline' | 'ended';

/** How long a beat may name a higher head than ours before we ask again. */
const BEHIND_FOR_MS = 2_000;
const ASK_AGAIN_AFTER_MS = 5_000;

interface Watch {
  after: Position | undefined;
  /** When the server was asked and has not answered yet. */
  askedAt: number | undefined;
  /** Runs while a beat's head is higher than ours. */
  behind: ReturnType<typeof setTimeout> | undefined;
}

export class Live {
  state: LiveState = 'connecting';
  #link: Link;
  #watches = new Map<string, Watch>();
  #states = new Listeners<LiveState>();
  #frames = new Listeners<ServerFrame>();
  #ups = new Listeners<undefined>();
  #epoch = 0;
  #stop: Array<() => void>;

  constructor(link: Link) {
    this.#link = link;
    this.#stop = [link.onFrame((frame) => this.#hear(frame)), link.onState((state) => this.#linkIs(state))];
    if (link.state === 'up') this.#linkIs('up');
    this.#settle();
  }

  get ended(): EndedReason | undefined {
    return this.#link.ended;
  }

  onState(listener: (state: LiveState) => void): () => void {
    return this.#states.add(listener);
  }

  /** Frames as the server said them, except that `entries` holds only what is new and joins up. */
  onFrame(listener: (frame: ServerFrame) => void): () => void {
    return this.#frames.add(listener);
  }

  /** A new connection stands: what was not answered on the old one has to be said again. */
  onUp(listener: () => void): () => void {
    return this.#ups.add(listener);
  }

  /** Asks for a chat, from `after` on if given; from then on it is kept up over reconnections until `unwatch`. */
  watch(chat: string, after?: Position): void {
    clearTimeout(this.#watches.get(chat)?.behind);
    this.#watches.set(chat, { after, askedAt: undefined, behind: undefined });
    this.#ask(chat);
    this.#settle();
  }

  unwatch(chat: string): void {
    this.#link.send({ op: 'unwatch', chat });
    this.#forget(chat);
    this.#settle();
  }

  send(frame: ClientFrame): boolean {
    return this.#link.send(frame);
  }

  wake(): void {
    this.#link.wake();
  }

  close(): void {
    for (const stop of this.#stop) stop();
    for (const chat of [...this.#watches.keys()]) this.#forget(chat);
    this.#link.close();
  }

  #ask(chat: string): void {
    const watch = this.#watches.get(chat);
    if (watch === undefined) return;
    const sent = this.#link.send(
      watch.after === undefined ? { op: 'watch', chat } : { op: 'watch', chat, after: watch.after },
    );
    watch.askedAt = sent ? Date.now() : undefined;
    clearTimeout(watch.behind);
    watch.behind = undefined;
  }

  #forget(chat: string): void {
    clearTimeout(this.#watches.get(chat)?.behind);
    this.#watches.delete(chat);
  }

  #linkIs(state: Link['state']): void {
    if (state === 'up') {
      for (const chat of this.#watches.keys()) this.#ask(chat);
      this.#ups.tell(undefined);
    }
    this.#settle();
  }

  #hear(frame: ServerFrame): void {
    switch (frame.op) {
      case 'welcome':
        this.#epoch = frame.epoch;
        break;
      case 'snapshot':
        if (!this.#snapshot(frame.chat.id, frame.as_of)) return;
        break;
      case 'state':
        this.#upToDate(frame.chat.id, frame.chat.head);
        break;
      case 'entries':
        this.#entries(frame.chat, frame.entries, frame.state);
        return;
      case 'gone':
        this.#forget(frame.chat);
        break;
      case 'refused':
        if (frame.chat !== undefined && frame.cid === undefined) this.#refused(frame.chat, frame.problem);
        break;
      case 'beat':
        for (const { chat, seq } of frame.heads) this.#compare(chat, seq);
        break;
    }
    this.#frames.tell(frame);
    this.#settle();
  }

  #snapshot(chat: string, asOf: Position): boolean {
    const watch = this.#watches.get(chat);
    if (watch === undefined) return false;
    // Another tab on the same connection asked for this chat; it may be older than what we have.
    if (watch.askedAt === undefined && watch.after?.epoch === asOf.epoch && watch.after.seq > asOf.seq) return false;
    watch.after = asOf;
    this.#answered(chat);
    return true;
  }

  #entries(chat: string, entries: EntryView[], state: ChatView | undefined): void {
    const watch = this.#watches.get(chat);
    if (watch?.after === undefined) return;
    const last = watch.after.seq;
    const fresh = entries.filter((entry) => entry.seq > last);
    const first = fresh[0];
    if (first !== undefined && first.seq !== last + 1) {
      // A hole. While an answer is on its way this was said before the server heard the question.
      if (watch.askedAt === undefined) this.#ask(chat);
      this.#settle();
      return;
    }
    watch.after = { epoch: watch.after.epoch, seq: fresh.at(-1)?.seq ?? last };
    this.#answered(chat);
    const frame: ServerFrame = { op: 'entries', chat, entries: fresh };
    if (state !== undefined) frame.state = state;
    if (fresh.length > 0 || state !== undefined) this.#frames.tell(frame);
    this.#settle();
  }

  #answered(chat: string): void {
    const watch = this.#watches.get(chat);
    if (watch === undefined) return;
    watch.askedAt = undefined;
    clearTimeout(watch.behind);
    watch.behind = undefined;
  }

  /** A question the server had no time for is put again; any other no is an answer. */
  #refused(chat: string, problem: Problem): void {
    const watch = this.#watches.get(chat);
    if (watch?.askedAt === undefined) return;
    this.#answered(chat);
    if (problem.retry_after_ms !== undefined) {
      watch.behind = setTimeout(() => this.#ask(chat), Math.max(problem.retry_after_ms, SHORTEST_WAIT_MS));
    }
  }

  /** Whether what we have of the chat reaches to `head`; if so, a question for it is answered. */
  #upToDate(chat: string, head: number): boolean {
    const after = this.#watches.get(chat)?.after;
    const reached = after !== undefined && after.epoch === this.#epoch && after.seq >= head;
    if (reached) this.#answered(chat);
    return reached;
  }

  /** A beat said that the chat's head is `head`. */
  #compare(chat: string, head: number): void {
    const watch = this.#watches.get(chat);
    if (watch === undefined || this.#upToDate(chat, head)) return;
    if (watch.askedAt !== undefined && Date.now() - watch.askedAt > ASK_AGAIN_AFTER_MS) this.#ask(chat);
    else if (watch.askedAt === undefined) watch.behind ??= setTimeout(() => this.#ask(chat), BEHIND_FOR_MS);
  }

  #settle(): void {
    const link = this.#link.state;
    const waiting = [...this.#watches.values()].some((watch) => watch.askedAt !== undefined);
    const state = link !== 'up' ? link : waiting ? 'catching_up' : 'live';
    if (state === this.state) return;
    this.state = state;
    this.#states.tell(state);
  }
}
