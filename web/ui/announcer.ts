/** Something of somebody else's that a screen reader should say. */
export interface News {
  who: string;
  text: string;
}

/**
 * Gathers what comes within a short while, so that a burst is said as one sentence ("5 new messages from Elin")
 * instead of being read out for a minute.
 */
export class Announcer {
  readonly #say: (news: News[]) => void;
  readonly #gather_ms: number;
  #waiting: News[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (news: News[]) => void, gather_ms = 1_000) {
    this.#say = say;
    this.#gather_ms = gather_ms;
  }

  add(news: News): void {
    this.#waiting.push(news);
    this.#timer ??= setTimeout(() => {
      const news = this.#waiting;
      this.stop();
      this.#say(news);
    }, this.#gather_ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}
