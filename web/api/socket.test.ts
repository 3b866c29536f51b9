import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Me, ServerFrame } from './generated.ts';
import { Socket } from './socket.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const maren: Me = { id: 'm', kind: 'agent', name: 'Maren' };
const welcome: ServerFrame = { op: 'welcome', me: maren, epoch: 1, heartbeat_s: 10, now: 0 };

/** A scripted server: every attempt of the socket is in `calls`. */
class Call {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  said: string[] = [];
  hungUp = false;
  send = (text: string) => this.said.push(text);
  close = () => {
    this.hungUp = true;
  };
  answers = () => {
    this.onopen?.();
    this.says(welcome);
  };
  says = (frame: ServerFrame) => this.onmessage?.({ data: JSON.stringify(frame) });
  ends = (code: number) => this.onclose?.({ code });
}

function connect(token?: string) {
  const calls: Call[] = [];
  let wake = () => {};
  const socket = new Socket('agent', token, {
    open: () => {
      const call = new Call();
      calls.push(call);
      return call as unknown as WebSocket;
    },
    random: () => 1,
    onWake: (it) => {
      wake = it;
      return () => {};
    },
  });
  const states: string[] = [];
  socket.onState((state) => states.push(state));
  return { socket, calls, states, last: () => calls.at(-1)!, wake: () => wake() };
}

it('Says hello first, with the token of a visitor, and is up when welcomed', () => {
  const { socket, last, states } = connect('secret');
  expect(socket.send({ op: 'ping' })).toBe(false);
  last().answers();
  expect(last().said).toEqual(['{"op":"hello","token":"secret"}']);
  expect(states).toEqual(['up']);
});

it('A lost connection comes back: connecting first, offline when that fails', () => {
  const { last, states, calls } = connect();
  last().answers();
  last().ends(1006);
  vi.advanceTimersByTime(1_000);
  expect(calls).toHaveLength(2);
  last().ends(1006);
  vi.advanceTimersByTime(2_000);
  last().answers();
  expect(states).toEqual(['up', 'connecting', 'offline', 'up']);
});

it('Two silent heartbeats are a loss, though nothing said so', () => {
  const { last, calls } = connect();
  last().answers();
  vi.advanceTimersByTime(15_000);
  last().says({ op: 'beat', heads: [], now: 0 });
  vi.advanceTimersByTime(20_000);
  expect(calls[0]!.hungUp).toBe(false);
  vi.advanceTimersByTime(2_000);
  expect(calls[0]!.hungUp).toBe(true);
  expect(calls).toHaveLength(2);
});

it('An idle connection says ping once a heartbeat', () => {
  const { last } = connect();
  last().answers();
  vi.advanceTimersByTime(10_000);
  expect(last().said.slice(1)).toEqual(['{"op":"ping"}']);
});

it('Where timers stand still, the beat of the server is answered with a ping', () => {
  const { last } = connect();
  last().answers();
  vi.setSystemTime(Date.now() + 10_000);
  last().says({ op: 'beat', heads: [], now: 0 });
  last().says({ op: 'beat', heads: [], now: 0 });
  expect(last().said.slice(1)).toEqual(['{"op":"ping"}']);
});

it('A server that says bye names the time to come back', () => {
  const { last, calls } = connect();
  last().answers();
  last().says({ op: 'bye', reconnect_after_ms: 4_200 });
  last().ends(1012);
  vi.advanceTimersByTime(4_199);
  expect(calls).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(calls).toHaveLength(2);
});

it.each([
  [4001, 'signed_out'],
  [4003, 'revoked'],
])('Close code %i ends it: %s', (code, reason) => {
  const { last, calls, socket, states, wake } = connect();
  last().answers();
  last().ends(code);
  vi.advanceTimersByTime(600_000);
  wake();
  expect(calls).toHaveLength(1);
  expect([socket.ended, states.at(-1)]).toEqual([reason, 'ended']);
});

it.each([4008, 4029])('Close code %i asks for room: eight seconds', (code) => {
  const { last, calls } = connect();
  last().answers();
  last().ends(code);
  vi.advanceTimersByTime(7_999);
  expect(calls).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(calls).toHaveLength(2);
});

it('The network comes back, and so does the socket, at once', () => {
  const { last, calls, wake } = connect();
  last().ends(1006);
  vi.advanceTimersByTime(1_000);
  last().ends(1006);
  vi.advanceTimersByTime(1_500);
  wake();
  expect(calls).toHaveLength(3);
});

it('Waking a connection that is dead finds that out in three seconds', () => {
  const { last, calls, wake } = connect();
  last().answers();
  vi.advanceTimersByTime(100);
  wake();
  vi.advanceTimersByTime(3_000);
  expect(calls[0]!.hungUp).toBe(true);
});

it('A server that accepts and never welcomes counts as a failure', () => {
  const { calls, states } = connect();
  vi.advanceTimersByTime(10_000);
  expect(calls[0]!.hungUp).toBe(true);
  expect(states).toEqual(['offline']);
});
