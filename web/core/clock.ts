import { computed, signal } from '@preact/signals-core';

const TICK_MS = 1_000;

let ahead = 0;
const ticking = signal(Date.now(), { watched: start, unwatched: stop });
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970 by the server's clock; grows once a second while somebody looks at it. */
export const now = computed(() => ticking.value);

/** The same, once a minute. */
export const minute = computed(() => Math.floor(ticking.value / 60_000) * 60_000);

/** The server's clock at this moment, without waiting for a tick. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** The server said what time it is. Half a second or less is the network and not a wrong clock. */
export function setServerNow(at: number): void {
  const difference = at - Date.now();
  if (Math.abs(difference - ahead) < 500) return;
  ahead = difference;
  ticking.value = serverNow();
}

function start(): void {
  // Not at once: a signal must not change while somebody is reading it for the first time.
  queueMicrotask(tick);
  timer = setInterval(tick, TICK_MS);
}

function tick(): void {
  ticking.value = serverNow();
}

function stop(): void {
  clearInterval(timer);
}
