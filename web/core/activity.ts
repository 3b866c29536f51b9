/** Tells the server that somebody is active while there is input: so the others see who is away. */
import type { Link } from '../api/socket.ts';

/** At most one mark in this time, over all tabs. The server waits for minutes. */
export const MARK_EVERY_MS = 15_000;

const INPUT = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel', 'focus'] as const;

/** Marks the person as active on his connection, from now on until the connection is closed for good. */
export function markActivity(link: Pick<Link, 'send' | 'state' | 'onState'>): void {
  let markedAt = Number.NEGATIVE_INFINITY;
  const mark = () => {
    if (Date.now() - markedAt >= MARK_EVERY_MS && link.send({ op: 'active' })) markedAt = Date.now();
  };
  for (const input of INPUT) addEventListener(input, mark, { passive: true, capture: true });
  let opened = document.visibilityState === 'visible' && document.hasFocus();
  // Whoever has just opened this page is there; who comes back after a lost connection may not be.
  const begun = () => {
    if (opened && link.state === 'up') {
      opened = false;
      mark();
    }
  };
  const stop = link.onState((state) => {
    begun();
    if (state !== 'ended') return;
    stop();
    for (const input of INPUT) removeEventListener(input, mark, { capture: true });
  });
  begun();
}
