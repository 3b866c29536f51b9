import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Listeners } from '../api/listeners.ts';
import type { EndedReason, Link, LinkState } from '../api/socket.ts';
import type { ClientFrame, Me, ServerFrame } from '../api/types.ts';
import { SharedLink } from './tabs.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const maren: Me = { id: 'm', kind: 'agent', name: 'Maren' };
const desk: ServerFrame = { op: 'desk', me: maren, requests: [], chats: [] };

class ServerSide implements Link {
  state: LinkState = 'connecting';
  ended: EndedReason | undefined;
  said: ClientFrame[] = [];
  #states = new Listeners<LinkState>();
  #frames = new Listeners<ServerFrame>();
  onState = (it: (state: LinkState) => void) => this.#states.add(it);
  onFrame = (it: (frame: ServerFrame) => void) => this.#frames.add(it);
  send = (frame: ClientFrame) => this.state === 'up' && this.said.push(frame) > 0;
  wake = () => {};
  close = () => this.ends('closed');
  welcomes = () => {
    this.says({ op: 'welcome', me: maren, epoch: 1, heartbeat_s: 10, now: 0 });
    this.#is('up');
    this.says(desk);
  };
  says = (frame: ServerFrame) => this.#frames.tell(frame);
  ends = (why: EndedReason) => {
    this.ended = why;
    this.#is('ended');
  };
  #is(state: LinkState) {
    this.state = state;
    this.#states.tell(state);
  }
}

/** A browser with as many tabs as wanted. */
class Browser {
  sockets: ServerSide[] = [];
  locks = new Locks();
  #ears = new Set<Ear>();
  #n = 0;

  tab(locks: Pick<LockManager, 'request'> | undefined = this.locks as unknown as LockManager) {
    const tab = { asleep: false };
    const open = () => {
      const socket = new ServerSide();
      this.sockets.push(socket);
      return socket;
    };
    const channel = () => new Ear(this.#ears, tab) as unknown as BroadcastChannel;
    const link = new SharedLink('agent:m', open, { locks, channel, newId: () => `id${++this.#n}` });
    const heard: string[] = [];
    link.onFrame((frame) => heard.push(frame.op));
    link.onState((state) => heard.push(state));
    return { link, heard, sleep: (asleep: boolean) => Object.assign(tab, { asleep }) };
  }
}

/** One tab's BroadcastChannel; a tab that sleeps hears nothing. */
class Ear {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  #all: Set<Ear>;
  #tab: { asleep: boolean };

  constructor(all: Set<Ear>, tab: { asleep: boolean }) {
    this.#all = all.add(this);
    this.#tab = tab;
  }

  postMessage(note: unknown) {
    const data = structuredClone(note);
    for (const ear of this.#all) if (ear !== this) queueMicrotask(() => ear.#hear(data));
  }

  close() {
    this.#all.delete(this);
  }

  #hear(data: unknown) {
    if (this.#all.has(this) && !this.#tab.asleep) this.onmessage?.({ data });
  }
}

interface Wish {
  run: () => Promise<void>;
  refuse: (error: Error) => void;
}

/** One Web Lock: who holds it, and who waits for it in order. */
class Locks {
  #holder: Wish | undefined;
  #waiting: Wish[] = [];

  request = (_name: string, how: LockOptions, run: () => Promise<void>): Promise<void> =>
    new Promise((resolve, refuse) => {
      const wish: Wish = { run: () => run().then(resolve), refuse };
      how.signal?.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((it) => it !== wish);
        refuse(new Error('AbortError'));
      });
      if (how.steal) this.#holder?.refuse(new Error('AbortError'));
      if (how.steal) this.#grant(wish);
      else {
        this.#waiting.push(wish);
        if (this.#holder === undefined) this.#grant(this.#waiting.shift());
      }
    });

  #grant(wish: Wish | undefined) {
    this.#holder = wish;
    if (wish === undefined) return;
    queueMicrotask(() =>
      wish.run().then(() => {
        if (this.#holder === wish) this.#grant(this.#waiting.shift());
      }),
    );
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0);

it('Ten tabs have one socket, and each hears everything', async () => {
  const browser = new Browser();
  const tabs = Array.from({ length: 10 }, () => browser.tab());
  await settle();
  expect(browser.sockets).toHaveLength(1);
  browser.sockets[0]!.welcomes();
  await settle();
  for (const tab of tabs) expect(tab.heard).toEqual(['welcome', 'up', 'desk']);
  expect(tabs.filter(({ link }) => link.leads)).toHaveLength(1);
});

it('A tab that comes later begins with what the leader kept', async () => {
  const browser = new Browser();
  browser.tab();
  await settle();
  browser.sockets[0]!.welcomes();
  const late = browser.tab();
  await settle();
  expect(late.heard).toEqual(['welcome', 'desk', 'up']);
  expect(browser.sockets).toHaveLength(1);
});

it('What any tab says goes over the one socket; a chat is let go by the last tab that watches it', async () => {
  const browser = new Browser();
  const [first, second] = [browser.tab(), browser.tab()];
  await settle();
  const [socket] = browser.sockets;
  socket!.welcomes();
  await settle();
  for (const { link } of [first, second]) link.send({ op: 'watch', chat: 'ferry' });
  await settle();
  first.link.send({ op: 'unwatch', chat: 'ferry' });
  await settle();
  expect(socket!.said.map(({ op }) => op)).toEqual(['watch', 'watch']);
  second.link.close();
  await settle();
  expect(socket!.said.map(({ op }) => op)).toEqual(['watch', 'watch', 'unwatch']);
});

it('The leader goes: another tab connects, and all others learn that they have to ask anew', async () => {
  const browser = new Browser();
  const [leader, heir, third] = [browser.tab(), browser.tab(), browser.tab()];
  await settle();
  browser.sockets[0]!.welcomes();
  await settle();
  for (const tab of [heir, third]) tab.heard.length = 0;
  leader.link.close();
  await settle();
  expect(browser.sockets).toHaveLength(2);
  expect(third.link.send({ op: 'ping' })).toBe(false);
  browser.sockets[1]!.welcomes();
  await settle();
  expect(heir.link.leads).toBe(true);
  expect(third.heard).toEqual(['connecting', 'welcome', 'up', 'desk']);
});

it('A leader that fell asleep loses the lead, and follows when it wakes', async () => {
  const browser = new Browser();
  const [leader, heir] = [browser.tab(), browser.tab()];
  await settle();
  browser.sockets[0]!.welcomes();
  await settle();
  leader.sleep(true);
  await vi.advanceTimersByTimeAsync(27_000);
  leader.sleep(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heir.link.leads).toBe(true);
  expect(leader.link.leads).toBe(false);
  expect(browser.sockets).toHaveLength(2);
  expect(browser.sockets[0]!.ended).toBe('closed');
});

it('A quiet leader that answers keeps the lead', async () => {
  const browser = new Browser();
  const [leader] = [browser.tab(), browser.tab()];
  await settle();
  await vi.advanceTimersByTimeAsync(120_000);
  expect([leader.link.leads, browser.sockets.length]).toEqual([true, 1]);
});

it('Signed out in one tab is signed out in all, and who signs in next finds the lead free', async () => {
  const browser = new Browser();
  const [first, second] = [browser.tab(), browser.tab()];
  await settle();
  browser.sockets[0]!.welcomes();
  await settle();
  browser.sockets[0]!.ends('signed_out');
  await settle();
  expect([first.link.ended, second.link.ended]).toEqual(['signed_out', 'signed_out']);
  browser.tab();
  await settle();
  expect(browser.sockets).toHaveLength(2);
});

it('Without locks each tab has its own socket', async () => {
  const browser = new Browser();
  const refusing = { request: () => Promise.reject(new Error('SecurityError')) } as unknown as LockManager;
  const [first, second] = [browser.tab(refusing), browser.tab(refusing)];
  await settle();
  expect(browser.sockets).toHaveLength(2);
  browser.sockets[0]!.welcomes();
  await settle();
  expect([first.heard, second.heard]).toEqual([['welcome', 'up', 'desk'], []]);
});

it('Whatever tab the person is active in, the server hears of it once in 15 seconds', async () => {
  const browser = new Browser();
  const [first, second] = [browser.tab(), browser.tab()];
  await vi.advanceTimersByTimeAsync(10);
  browser.sockets[0]!.welcomes();
  await vi.advanceTimersByTimeAsync(10);
  const { said } = browser.sockets[0]!;
  second.link.send({ op: 'active' });
  await vi.advanceTimersByTimeAsync(5_000);
  first.link.send({ op: 'active' });
  expect(said).toEqual([{ op: 'active' }]);
  await vi.advanceTimersByTimeAsync(10_000);
  first.link.send({ op: 'active' });
  expect(said.length).toBe(2);
});

it('A tab that looks at people no more leaves alone what another tab looks at', async () => {
  const browser = new Browser();
  const [first, second] = [browser.tab(), browser.tab()];
  await vi.advanceTimersByTimeAsync(10);
  browser.sockets[0]!.welcomes();
  await vi.advanceTimersByTimeAsync(10);
  const { said } = browser.sockets[0]!;
  first.link.send({ op: 'people', tab: 'agents' });
  second.link.send({ op: 'people', tab: 'customers' });
  await vi.advanceTimersByTimeAsync(10);
  first.link.send({ op: 'people' });
  expect(said.at(-1)).toEqual({ op: 'people', tab: 'customers' });
  second.link.close();
  await vi.advanceTimersByTimeAsync(10);
  expect(said.at(-1)).toEqual({ op: 'people' });
});
