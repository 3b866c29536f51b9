/**
 * One socket for all tabs of a profile. The tab that holds a Web Lock leads: it has the socket, passes every server
 * frame on over a BroadcastChannel and sends what the others want to say. When it goes, the lock's next waiter leads, and
 * since every tab asks for its chats from its own positions after each new connection, nothing is lost.
 * Where the browser gives no locks (a frame with blocked storage) each tab has its own socket.
 */

import type { Api } from '../api/http.ts';
import { Listeners } from '../api/listeners.ts';
import { type EndedReason, type Link, type LinkState, Socket } from '../api/socket.ts';
import type { ClientFrame, Me, ServerFrame } from '../api/types.ts';
import { MARK_EVERY_MS, markActivity } from './activity.ts';
import { fold } from './desk-frames.ts';
import { newId } from './id.ts';

type Note =
  /** How it stands with the leader's socket; `kept` lets a new tab begin at once. */
  | {
      is: 'lead';
      tab: string;
      link: LinkState;
      ended: EndedReason | undefined;
      connection: string;
      kept: ServerFrame[];
    }
  | { is: 'frame'; tab: string; frame: ServerFrame }
  | { is: 'send'; tab: string; frame: ClientFrame }
  /** A tab came, or wonders whether the leader is still awake. */
  | { is: 'ask'; tab: string }
  | { is: 'part'; tab: string };

export interface TabsDoors {
  locks: Pick<LockManager, 'request'> | undefined;
  channel: (name: string) => BroadcastChannel;
  newId: () => string;
}

const LOOK_AROUND_MS = 5_000;
const SILENT_AFTER_MS = 25_000;
const ANSWER_WITHIN_MS = 3_000;

/** The connection of somebody who is signed in, shared by all his tabs. */
export function shareSocket(api: Api, me: Me): Link {
  const link = new SharedLink(`${api.surface}:${me.id}`, () => new Socket(api.surface));
  markActivity(link);
  return link;
}

export class SharedLink implements Link {
  state: LinkState = 'connecting';
  ended: EndedReason | undefined;
  /** This tab has the socket. What one tab has to do for all, such as notifications, is for this one. */
  leads = false;
  #name: string;
  #doors: TabsDoors;
  #me: string;
  #open: () => Link;
  #socket: Link | undefined;
  #channel: BroadcastChannel | undefined;
  #states = new Listeners<LinkState>();
  #frames = new Listeners<ServerFrame>();
  /** Names the leader's connection; another one means that everything is asked for anew. */
  #connection = '';
  #kept = new Map<string, ServerFrame>();
  /** Leader: which tabs watch a chat, so that one tab's `unwatch` does not end another's. */
  #watchers = new Map<string, Set<string>>();
  /** Leader: which tab asked for the one page of people that a connection shows. */
  #people: string | undefined;
  /** Leader: when the server was last told that the person is active, in whatever tab. */
  #markedAt = Number.NEGATIVE_INFINITY;
  #heardAt = 0;
  #askedAt = 0;
  #robbed = false;
  #lookAround: ReturnType<typeof setInterval> | undefined;
  #letLockGo: (() => void) | undefined;
  #waiting: AbortController | undefined;
  #stopPage: () => void;

  /** `group` names those who share: the surface and the person. `open` makes the socket. */
  constructor(group: string, open: () => Link, doors: Partial<TabsDoors> = {}) {
    this.#doors = { locks: locksOfPage(), channel: (name) => new BroadcastChannel(name), newId, ...doors };
    this.#name = `deskbell:live:${group}`;
    this.#me = this.#doors.newId();
    this.#open = open;
    this.#stopPage = this.#onPageCycle();
    this.#join();
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#states.add(listener);
  }

  onFrame(listener: (frame: ServerFrame) => void): () => void {
    return this.#frames.add(listener);
  }

  send(frame: ClientFrame): boolean {
    if (this.state !== 'up') return false;
    if (this.#socket !== undefined) return this.#pass(this.#me, frame);
    this.#tell({ is: 'send', tab: this.#me, frame });
    return true;
  }

  wake(): void {
    if (this.#socket !== undefined) this.#socket.wake();
    else if (this.state !== 'ended') this.#askLeader();
  }

  close(): void {
    if (this.state === 'ended') return;
    this.#part();
    this.#stopPage();
    this.ended = 'closed';
    this.#become('ended');
  }

  #join(): void {
    const channel = this.#doors.locks && this.#openChannel();
    if (channel === undefined) {
      this.#alone();
      return;
    }
    this.#channel = channel;
    channel.onmessage = (event: MessageEvent<Note>) => this.#hear(event.data);
    this.#lookAround = setInterval(() => this.#checkLeader(), LOOK_AROUND_MS);
    this.#wait({});
    this.#askLeader();
  }

  #openChannel(): BroadcastChannel | undefined {
    try {
      return this.#doors.channel(this.#name);
    } catch {
      return undefined;
    }
  }

  /** Waits in the line of those who would lead. */
  #wait(how: Pick<LockOptions, 'steal'>): void {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    const options: LockOptions = how.steal ? { steal: true } : { signal: waiting.signal };
    this.#doors
      .locks!.request(this.#name, options, () => this.#lead())
      .catch(() => {
        if (waiting.signal.aborted) return;
        if (this.leads) this.#stepDown();
        else this.#alone();
      });
  }

  /** Holds the lock until the promise is settled. */
  #lead(): Promise<void> {
    if (this.state === 'ended') return Promise.resolve();
    this.#waiting = undefined;
    this.leads = true;
    clearInterval(this.#lookAround);
    if (this.state === 'up') this.#become('connecting');
    this.#haveSocket();
    return new Promise((letGo) => {
      this.#letLockGo = letGo;
    });
  }

  /** Another tab took the lead, because it heard nothing from this one. */
  #stepDown(): void {
    this.#robbed = true;
    this.#closeSocket();
    this.#channel?.close();
    this.#become('connecting');
    this.#join();
  }

  /** No locks here: an own socket, and nobody is told. */
  #alone(): void {
    clearInterval(this.#lookAround);
    this.#waiting?.abort();
    this.#channel?.close();
    this.#channel = undefined;
    this.leads = true;
    if (this.#socket === undefined) this.#haveSocket();
  }

  #haveSocket(): void {
    const socket = this.#open();
    this.#socket = socket;
    socket.onFrame((frame) => this.#socketSays(frame));
    socket.onState((state) => this.#socketIs(state));
    this.#socketIs(socket.state);
  }

  #socketSays(frame: ServerFrame): void {
    if (frame.op === 'welcome') {
      this.#connection = this.#doors.newId();
      this.#kept.clear();
      this.#watchers.clear();
      this.#people = undefined;
    }
    // What a connection says once or as a whole is kept for tabs that come later.
    if (frame.op === 'welcome' || frame.op === 'lobby') this.#kept.set(frame.op, frame);
    if (frame.op === 'desk') this.#kept.set('desk', fold(this.#kept.get('desk') as typeof frame | undefined, frame));
    this.#tell({ is: 'frame', tab: this.#me, frame });
    this.#frames.tell(frame);
  }

  #socketIs(state: LinkState): void {
    if (this.#socket === undefined) return;
    this.ended = this.#socket.ended;
    this.#become(state);
    this.#tellLead();
    // Signed out: whoever signs in next must find the lead free.
    if (state === 'ended') this.#part();
  }

  #pass(tab: string, frame: ClientFrame): boolean {
    if (frame.op === 'watch') {
      const watchers = this.#watchers.get(frame.chat) ?? new Set();
      this.#watchers.set(frame.chat, watchers.add(tab));
    } else if (frame.op === 'unwatch') {
      const watchers = this.#watchers.get(frame.chat);
      watchers?.delete(tab);
      if (watchers !== undefined && watchers.size > 0) return true;
      this.#watchers.delete(frame.chat);
    } else if (frame.op === 'people') {
      if (frame.tab === undefined && this.#people !== tab) return true;
      this.#people = frame.tab && tab;
    } else if (frame.op === 'active') {
      if (Date.now() - this.#markedAt < MARK_EVERY_MS) return true;
      this.#markedAt = Date.now();
    }
    return this.#socket?.send(frame) ?? false;
  }

  #hear(note: Note): void {
    if (this.leads) {
      if (note.is === 'send') this.#pass(note.tab, note.frame);
      else if (note.is === 'ask') this.#tellLead();
      else if (note.is === 'part') this.#forget(note.tab);
      return;
    }
    if (note.is === 'lead') this.#follow(note);
    else if (note.is === 'frame' && this.state === 'up') this.#hearFrame(note.frame);
  }

  #hearFrame(frame: ServerFrame): void {
    this.#heardAt = Date.now();
    this.#frames.tell(frame);
  }

  #follow(note: Extract<Note, { is: 'lead' }>): void {
    this.#heardAt = Date.now();
    const another = note.connection !== this.#connection;
    if (note.link === 'up' && this.state === 'up' && !another) return;
    if (this.state === 'up' && another) this.#become('connecting');
    this.#connection = note.connection;
    this.ended = note.ended === 'closed' ? undefined : note.ended;
    if (note.link === 'up') for (const frame of note.kept) this.#frames.tell(frame);
    // A leader that closed on purpose hands over; the lock's next holder connects.
    this.#become(note.link === 'ended' && this.ended === undefined ? 'connecting' : note.link);
    if (this.state === 'ended') this.#part();
  }

  #checkLeader(): void {
    if (this.leads || this.state === 'ended' || Date.now() - this.#heardAt < SILENT_AFTER_MS) return;
    this.#askLeader();
  }

  #askLeader(): void {
    if (Date.now() - this.#askedAt < ANSWER_WITHIN_MS) return;
    const askedAt = Date.now();
    const heardAt = this.#heardAt;
    this.#askedAt = askedAt;
    this.#tell({ is: 'ask', tab: this.#me });
    // A frozen tab keeps its lock and says nothing: then this one takes it. (A late timer proves nothing: this
    // computer slept, and the leader with it.)
    setTimeout(() => {
      const silent = this.#heardAt === heardAt && Date.now() - askedAt < 2 * ANSWER_WITHIN_MS;
      if (silent && !this.leads && this.state !== 'ended' && this.#channel !== undefined) this.#takeOver();
    }, ANSWER_WITHIN_MS);
  }

  /** A tab that lost the lead like this itself has its own socket rather than taking it back and forth. */
  #takeOver(): void {
    if (!this.#robbed) this.#wait({ steal: true });
    else this.#alone();
  }

  #tellLead(): void {
    const { state: link, ended } = this;
    const kept = [...this.#kept.values()];
    this.#tell({ is: 'lead', tab: this.#me, link, ended, connection: this.#connection, kept });
  }

  #tell(note: Note): void {
    this.#channel?.postMessage(note);
  }

  #forget(tab: string): void {
    for (const [chat, watchers] of this.#watchers) {
      if (watchers.has(tab)) this.#pass(tab, { op: 'unwatch', chat });
    }
    this.#pass(tab, { op: 'people' });
  }

  #part(): void {
    clearInterval(this.#lookAround);
    this.#waiting?.abort();
    this.#tell({ is: 'part', tab: this.#me });
    this.#closeSocket();
    this.#channel?.close();
    this.#channel = undefined;
  }

  #closeSocket(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.leads = false;
    socket?.close();
    this.#letLockGo?.();
    this.#letLockGo = undefined;
  }

  /** A page in the back/forward cache must not hold the lead. */
  #onPageCycle(): () => void {
    const hide = () => {
      if (this.state === 'ended') return;
      this.#part();
      this.#become('connecting');
    };
    const show = (event: PageTransitionEvent) => {
      if (event.persisted && this.state !== 'ended') this.#join();
    };
    addEventListener('pagehide', hide);
    addEventListener('pageshow', show);
    return () => {
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', show);
    };
  }

  #become(state: LinkState): void {
    if (this.state === state && state !== 'up') return;
    this.state = state;
    this.#states.tell(state);
  }
}

export function locksOfPage(): LockManager | undefined {
  try {
    return navigator.locks;
  } catch {
    return undefined;
  }
}
