const FIRST_CEILING_MS = 1_000;

/** The shortest and the longest wait between two attempts. */
export const SHORTEST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 30_000;
/** A connection that stood this long makes the next loss count as the first one again. */
export const STABLE_AFTER_MS = 60_000;

/**
 * How long to wait before the next attempt: anywhere between the shortest wait and a ceiling that doubles, so that
 * thousands of browsers do not come back in step after a restart.
 */
export class Backoff {
  #failures = 0;
  #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): number {
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_CEILING_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    return SHORTEST_WAIT_MS + this.#random() * (ceiling - SHORTEST_WAIT_MS);
  }

  /** The server asked for room (flood, slow reader): the ceiling starts at 8 s. */
  easeOff(): void {
    this.#failures = Math.max(this.#failures, 3);
  }

  /** Call when a connection ends, with the time it stood. */
  stoodFor(ms: number): void {
    if (ms >= STABLE_AFTER_MS) this.#failures = 0;
  }
}
