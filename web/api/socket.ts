/**
 * The live connection: one WebSocket that comes back by itself. What travels over it is a matter of `live.ts`.
 */
import { Backoff } from './backoff.ts';
import type { ClientFrame, ServerFrame, Surface } from './generated.ts';
import { Listeners } from './listeners.ts';

/** `connecting`: the first attempt, or the first one after a loss. `offline`: attempts fail. `ended`: it will not come back. */
export type LinkState = 'connecting' | 'up' | 'offline' | 'ended';
export type EndedReason = 'signed_out' | 'revoked' | 'closed';

/** A way to the server: an own socket, or another tab's. Each new connection is told as a new `up`. */
export interface Link {
  readonly state: LinkState;
  readonly ended: EndedReason | undefined;
  /** Where tabs share a socket: whether this one has it. */
  readonly leads?: boolean;
  onState(listener: (state: LinkState) => void): () => void;
  onFrame(listener: (frame: ServerFrame) => void): () => void;
  /** False when there is no connection now; the frame is dropped then. */
  send(frame: ClientFrame): boolean;
  /** Makes sure that the connection is alive, and attempts one at once if there is none. */
  wake(): void;
  close(): void;
}

/** Close codes of the server and what they ask for. */
const CLOSE = { signInAgain: 4001, revoked: 4003, slow: 4008, flood: 4029 } as const;

/** `WebSocket.OPEN` */
const OPEN = 1;
const WELCOME_WITHIN_MS = 10_000;
const PROBE_MS = 3_000;
const BETWEEN_WAKES_MS = 1_000;

export interface SocketDoors {
  open: (address: string) => WebSocket;
  random: () => number;
  /** Tells when the network or the page comes back. Returns the way to stop. */
  onWake: (wake: () => void) => () => void;
}

export class Socket implements Link {
  state: LinkState = 'connecting';
  ended: EndedReason | undefined;
  #address: string;
  #token: string | undefined;
  #doors: SocketDoors;
  #backoff: Backoff;
  #states = new Listeners<LinkState>();
  #frames = new Listeners<ServerFrame>();
  #ws: WebSocket | undefined;
  #heartbeatMs = 10_000;
  #upAt = 0;
  #heardAt = 0;
  #saidAt = 0;
  #attemptAt = 0;
  /** Set by `bye`: the server named the time to come back. */
  #comeBackMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #stopWaking: () => void;

  constructor(surface: Surface, token?: string, doors: Partial<SocketDoors> = {}) {
    this.#doors = { open: openHere, random: Math.random, onWake: pageWakes, ...doors };
    this.#address = `/live?surface=${surface}`;
    this.#token = token;
    this.#backoff = new Backoff(this.#doors.random);
    this.#stopWaking = this.#doors.onWake(() => this.wake());
    this.#attempt();
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#states.add(listener);
  }

  onFrame(listener: (frame: ServerFrame) => void): () => void {
    return this.#frames.add(listener);
  }

  send(frame: ClientFrame): boolean {
    if (this.state !== 'up') return false;
    this.#say(frame);
    return true;
  }

  wake(): void {
    if (this.state === 'ended') return;
    if (this.state === 'up') this.#probe();
    else if (this.#ws === undefined && Date.now() - this.#attemptAt >= BETWEEN_WAKES_MS) this.#attempt();
  }

  close(): void {
    if (this.state !== 'ended') this.#end('closed');
  }

  #attempt(): void {
    clearTimeout(this.#timer);
    this.#attemptAt = Date.now();
    this.#comeBackMs = undefined;
    const ws = this.#doors.open(this.#address);
    this.#ws = ws;
    this.#timer = setTimeout(() => this.#drop(ws), WELCOME_WITHIN_MS);
    ws.onopen = () => this.#say(this.#token === undefined ? { op: 'hello' } : { op: 'hello', token: this.#token });
    ws.onmessage = (event) => this.#ws === ws && this.#hear(event.data);
    ws.onclose = (event) => this.#ws === ws && this.#lost(event.code);
  }

  #hear(data: unknown): void {
    this.#heardAt = Date.now();
    const frame = parse(data);
    if (frame === undefined) return;
    if (frame.op === 'bye') this.#comeBackMs = frame.reconnect_after_ms;
    this.#frames.tell(frame);
    if (frame.op === 'welcome') this.#welcomed(frame.heartbeat_s * 1_000);
    // The timers of a tab in the background may stand still for a minute; what the server says still arrives.
    else if (this.state === 'up') this.#pingIfIdle();
  }

  #welcomed(heartbeatMs: number): void {
    clearTimeout(this.#timer);
    clearInterval(this.#pulse);
    this.#heartbeatMs = heartbeatMs;
    this.#upAt = Date.now();
    this.#pulse = setInterval(() => this.#beat(), Math.min(1_000, heartbeatMs / 2));
    this.#become('up');
  }

  #say(frame: ClientFrame): void {
    this.#saidAt = Date.now();
    // What the server is closing takes nothing more, and the browser complains aloud.
    if (this.#ws === undefined || this.#ws.readyState > OPEN) return;
    this.#ws.send(JSON.stringify(frame));
  }

  /** Once a second: a silent connection is dropped, an idle one says `ping`. */
  #beat(): void {
    if (Date.now() - this.#heardAt > 2 * this.#heartbeatMs) this.#drop(this.#ws);
    else this.#pingIfIdle();
  }

  #pingIfIdle(): void {
    if (Date.now() - this.#saidAt >= this.#heartbeatMs) this.#say({ op: 'ping' });
  }

  #probe(): void {
    const ws = this.#ws;
    const heardAt = this.#heardAt;
    this.#say({ op: 'ping' });
    setTimeout(() => {
      if (this.#ws === ws && this.state === 'up' && this.#heardAt === heardAt) this.#drop(ws);
    }, PROBE_MS);
  }

  /** Gives a connection up without waiting for the closing handshake, which a dead network never finishes. */
  #drop(ws: WebSocket | undefined): void {
    if (ws === undefined || this.#ws !== ws) return;
    this.#letGo();
    this.#lost(undefined);
  }

  #lost(code: number | undefined): void {
    this.#letGo();
    if (code === CLOSE.signInAgain) this.#end('signed_out');
    else if (code === CLOSE.revoked) this.#end('revoked');
    else this.#comeBack(code);
  }

  #comeBack(code: number | undefined): void {
    if (this.state === 'up') this.#backoff.stoodFor(Date.now() - this.#upAt);
    if (code === CLOSE.slow || code === CLOSE.flood) this.#backoff.easeOff();
    this.#timer = setTimeout(() => this.#attempt(), this.#comeBackMs ?? this.#backoff.next());
    this.#become(this.state === 'up' ? 'connecting' : 'offline');
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#pulse);
    const ws = this.#ws;
    this.#ws = undefined;
    if (ws === undefined) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }

  #end(reason: EndedReason): void {
    this.#letGo();
    this.#stopWaking();
    this.ended = reason;
    this.#become('ended');
  }

  #become(state: LinkState): void {
    if (this.state === state && state !== 'up') return;
    this.state = state;
    this.#states.tell(state);
  }
}

/** Relative addresses of sockets are younger than the browsers we promise. */
function openHere(address: string): WebSocket {
  const url = new URL(address, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return new WebSocket(url);
}

function parse(data: unknown): ServerFrame | undefined {
  try {
    return JSON.parse(String(data)) as ServerFrame;
  } catch {
    return undefined;
  }
}

function pageWakes(wake: () => void): () => void {
  const seen = () => document.visibilityState === 'visible' && wake();
  addEventListener('online', wake);
  addEventListener('offline', wake);
  addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', seen);
  return () => {
    removeEventListener('online', wake);
    removeEventListener('offline', wake);
    removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', seen);
  };
}
