import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChatView, ClientFrame, EntryView, Me, ServerFrame } from './generated.ts';
import { Listeners } from './listeners.ts';
import { Live } from './live.ts';
import type { Link, LinkState } from './socket.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const maren: Me = { id: 'm', kind: 'agent', name: 'Maren' };

/** A link whose other end is this test. */
class Wire implements Link {
  state: LinkState = 'connecting';
  ended = undefined;
  said: ClientFrame[] = [];
  #states = new Listeners<LinkState>();
  #frames = new Listeners<ServerFrame>();
  onState = (it: (state: LinkState) => void) => this.#states.add(it);
  onFrame = (it: (frame: ServerFrame) => void) => this.#frames.add(it);
  send = (frame: ClientFrame) => this.state === 'up' && this.said.push(frame) > 0;
  wake = () => {};
  close = () => {};
  is = (state: LinkState) => {
    if (state === 'up') this.says({ op: 'welcome', me: maren, epoch: 1, heartbeat_s: 10, now: 0 });
    this.state = state;
    this.#states.tell(state);
  };
  says = (frame: ServerFrame) => this.#frames.tell(frame);
}

const entry = (seq: number): EntryView => ({ seq, at: seq, who: 1, what: { kind: 'message', text: `${seq}` } });
const entries = (...seqs: number[]): ServerFrame => ({ op: 'entries', chat: 'ferry', entries: seqs.map(entry) });
const snapshot = (seq: number): ServerFrame => ({
  op: 'snapshot',
  chat: { id: 'ferry', head: seq } as ChatView,
  as_of: { epoch: 1, seq },
  entries: Array.from({ length: seq }, (_, n) => entry(n + 1)),
});
const beat = (seq: number): ServerFrame => ({ op: 'beat', heads: [{ chat: 'ferry', seq }], now: 0 });

function watching(seq: number) {
  const wire = new Wire();
  const live = new Live(wire);
  const passed: number[] = [];
  live.onFrame((frame) => frame.op === 'entries' && passed.push(...frame.entries.map((it) => it.seq)));
  live.watch('ferry');
  wire.is('up');
  wire.says(snapshot(seq));
  wire.said.length = 0;
  return { wire, live, passed };
}

it('Asks for every watched chat from its position after a new connection, and is catching up until answered', () => {
  const { wire, live } = watching(3);
  const states: string[] = [];
  live.onState((state) => states.push(state));
  wire.is('connecting');
  wire.is('up');
  expect(wire.said).toEqual([{ op: 'watch', chat: 'ferry', after: { epoch: 1, seq: 3 } }]);
  wire.says(entries(4, 5));
  expect(states).toEqual(['connecting', 'catching_up', 'live']);
});

it('A hole in the numbers is asked for again, once, and nothing behind it passes', () => {
  const { wire, live, passed } = watching(3);
  wire.says(entries(5));
  wire.says(entries(6));
  expect(wire.said).toEqual([{ op: 'watch', chat: 'ferry', after: { epoch: 1, seq: 3 } }]);
  expect(live.state).toBe('catching_up');
  wire.says(entries(4, 5, 6));
  expect([passed, live.state]).toEqual([[4, 5, 6], 'live']);
});

it('What came twice passes once', () => {
  const { wire, passed } = watching(3);
  wire.says(entries(4));
  wire.says(entries(4, 5));
  wire.says(entries(5));
  expect(passed).toEqual([4, 5]);
});

it('A beat with a higher head is believed after two seconds', () => {
  const { wire } = watching(3);
  wire.says(beat(4));
  vi.advanceTimersByTime(1_900);
  wire.says(entries(4));
  vi.advanceTimersByTime(10_000);
  expect(wire.said).toEqual([]);
  wire.says(beat(5));
  vi.advanceTimersByTime(2_000);
  expect(wire.said).toEqual([{ op: 'watch', chat: 'ferry', after: { epoch: 1, seq: 4 } }]);
});

it('An unanswered question is put again', () => {
  const { wire } = watching(3);
  wire.is('up');
  vi.advanceTimersByTime(6_000);
  wire.says(beat(9));
  expect(wire.said).toHaveLength(2);
});

it('A beat at our own position answers the question too', () => {
  const { wire, live } = watching(3);
  wire.is('up');
  expect(live.state).toBe('catching_up');
  wire.says(beat(3));
  expect(live.state).toBe('live');
});

it('A view at our own position answers it as well; one further on does not', () => {
  const { wire, live } = watching(3);
  const state = (head: number): ServerFrame => ({ op: 'state', chat: { id: 'ferry', head } as ChatView });
  wire.is('up');
  wire.says(state(4));
  expect(live.state).toBe('catching_up');
  wire.says(entries(4));
  wire.is('up');
  wire.says(state(4));
  expect(live.state).toBe('live');
});

it('A snapshot that another tab asked for does not take this one back', () => {
  const { wire, passed } = watching(3);
  wire.says(entries(4));
  wire.says(snapshot(3));
  wire.says(entries(5));
  expect(passed).toEqual([4, 5]);
});
