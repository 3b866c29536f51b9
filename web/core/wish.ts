/**
 * Something asked for by hand. While nobody knows whether the server heard it, the same content goes out under the same id,
 * so that pressing the button again does it once; other content is another wish.
 */
import { Refusal } from '../api/http.ts';
import { newId } from './id.ts';

export class Wish {
  #asked: { cid: string; content: string } | undefined;

  /** Throws what `ask` throws. */
  async once<T>(content: unknown, ask: (cid: string) => Promise<T>): Promise<T> {
    const now = JSON.stringify(content);
    if (this.#asked?.content !== now) this.#asked = { cid: newId(), content: now };
    try {
      const answer = await ask(this.#asked.cid);
      this.#asked = undefined;
      return answer;
    } catch (error) {
      if (error instanceof Refusal && error.final) this.#asked = undefined;
      throw error;
    }
  }
}
