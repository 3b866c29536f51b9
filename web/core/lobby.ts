/** The side of customer users and visitors: where a chat can be started, and their chats. */
import { computed, signal } from '@preact/signals-core';
import { type Api, Refusal } from '../api/http.ts';
import type { OfferedChannel, ServerFrame, Started } from '../api/types.ts';
import type { ChatStore } from './chat.ts';
import { Home } from './home.ts';
import { newId } from './id.ts';

export class Lobby extends Home {
  readonly channels = signal<readonly OfferedChannel[]>([]);
  readonly available = computed(() => this.channels.value.some((offered) => offered.available));
  #start = new Start();

  /** Starts a chat, or finds the one that runs already, and follows it. Throws `Refusal` or `Unreachable`. */
  async start(text: string, channel?: string): Promise<string> {
    const started = await this.#start.ask(this.api, text, channel);
    this.enter(started, text);
    return started.chat.id;
  }

  /** Follows a chat that was asked for. If one ran already, the text waits in its composer instead of being lost. */
  enter({ chat, new: isNew }: Started, text: string): ChatStore {
    if (!isNew) this.drafts.write(chat.id, text);
    return this.open(chat.id, chat);
  }

  protected override hear(frame: ServerFrame): void {
    super.hear(frame);
    if (frame.op !== 'lobby') return;
    this.channels.value = frame.channels;
    this.list(frame.chats);
    this.ready.value = true;
  }
}

/**
 * The wish to start a chat. While nobody knows whether the server heard it, it goes out under the same id, so that pressing
 * the button again starts no second chat; another text is another wish.
 */
export class Start {
  #asked: { cid: string; text: string; channel: string | undefined } | undefined;

  async ask(api: Api, text: string, channel?: string): Promise<Started> {
    const same = this.#asked?.text === text && this.#asked.channel === channel ? this.#asked : undefined;
    const asked = same ?? { cid: newId(), text, channel };
    this.#asked = asked;
    try {
      const body = channel === undefined ? { cid: asked.cid, text } : { cid: asked.cid, text, channel };
      const started = await api.call('POST /api/chats', { body });
      this.#asked = undefined;
      return started;
    } catch (error) {
      if (error instanceof Refusal && error.final) this.#asked = undefined;
      throw error;
    }
  }
}
