/** A list that the server gives page by page, for a question that changes while somebody types. */
import { signal } from '@preact/signals-core';

export type PagesState = 'fetching' | 'more' | 'end' | 'failed';

interface Page<Row> {
  rows: readonly Row[];
  next?: string | undefined;
}

/** Typing goes on for so long. */
const PAUSE_MS = 250;

export class Pages<Question, Row> {
  readonly rows = signal<readonly Row[]>([]);
  readonly state = signal<PagesState>('fetching');
  readonly problem = signal<unknown>(undefined);
  #fetch: (question: Question, before: string | undefined) => Promise<Page<Row>>;
  #question: Question | undefined;
  #next: string | undefined;
  /** Which question is the newest: answers to others come too late. */
  #newest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(fetch: (question: Question, before: string | undefined) => Promise<Page<Row>>) {
    this.#fetch = fetch;
  }

  /** Asks after a pause in which nobody asks anything else; at once if it is the first question. */
  ask(question: Question): void {
    const first = this.#question === undefined;
    this.stop();
    this.#question = question;
    this.state.value = 'fetching';
    this.#timer = setTimeout(() => void this.#get(question, undefined), first ? 0 : PAUSE_MS);
  }

  /** The next page; the same one again where it failed. */
  more(): void {
    if (this.state.peek() === 'fetching' || this.#question === undefined) return;
    void this.#get(this.#question, this.#next);
  }

  /** Whatever is still to come is not wanted any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#newest += 1;
  }

  async #get(question: Question, before: string | undefined): Promise<void> {
    const asked = this.#newest;
    this.state.value = 'fetching';
    try {
      const page = await this.#fetch(question, before);
      if (asked !== this.#newest) return;
      const had = before === undefined ? [] : this.rows.peek();
      this.rows.value = [...had, ...page.rows];
      this.#next = page.next;
      this.state.value = page.next === undefined ? 'end' : 'more';
    } catch (error) {
      if (asked !== this.#newest) return;
      if (before === undefined) this.rows.value = [];
      this.#next = before;
      this.problem.value = error;
      this.state.value = 'failed';
    }
  }
}
