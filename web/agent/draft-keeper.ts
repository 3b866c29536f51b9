import type { Draft } from '../api/types.ts';

const SETTLED_MS = 1_000;
const NONE: Draft = { text: '', note: false };

/** Keeps what an agent types in one chat on the server: when the typing settles, and at once on `flush`. One call at a time. */
export class DraftKeeper {
  #put: (draft: Draft) => Promise<unknown>;
  #newest: Draft = NONE;
  /** What the server has, as far as is known. */
  #kept: Draft = NONE;
  /** Texts that came from here: the server says them again, maybe after they were sent. */
  #ours = new Set<string>();
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(put: (draft: Draft) => Promise<unknown>) {
    this.#put = put;
  }

  write(draft: Draft): void {
    this.#newest = draft;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), SETTLED_MS);
  }

  /** Call when the writer looks elsewhere. */
  flush(): void {
    clearTimeout(this.#timer);
    if (!this.#busy && !same(this.#newest, this.#kept)) void this.#send();
  }

  /** The text was sent: no draft of it stays behind, nor one that is still on its way there. */
  sent(): void {
    this.#newest = NONE;
    this.flush();
  }

  /** Whether what the server says was written elsewhere. */
  isNews({ text }: Draft): boolean {
    return text === '' || !this.#ours.has(text.trim());
  }

  /** What the server says is taken over. */
  take(draft: Draft): void {
    this.#newest = draft;
    this.#kept = draft;
  }

  async #send(): Promise<void> {
    const draft = this.#newest;
    this.#busy = true;
    this.#ours.add(draft.text.trim());
    try {
      await this.#put(draft);
      this.#kept = draft;
    } catch {
      // It is still in this tab, and goes with what is typed next.
      this.#busy = false;
      return;
    }
    this.#busy = false;
    // What was typed meanwhile waits for its own pause; what was sent meanwhile must not come back.
    if (same(this.#newest, NONE)) this.flush();
  }
}

const same = (a: Draft, b: Draft) => a.text === b.text && (a.note === b.note || a.text === '');
