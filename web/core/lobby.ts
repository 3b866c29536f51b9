/** The side of customer users and visitors: where a chat can be started, and their chats. */
import { computed, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import type { OfferedChannel, ServerFrame, StartChat, Started } from '../api/types.ts';
import type { ChatStore } from './chat.ts';
import { Home } from './home.ts';
import { Wish } from './wish.ts';

export class Lobby extends Home {
  readonly channels = signal<readonly OfferedChannel[]>([]);
  readonly available = computed(() => this.channels.value.some((offered) => offered.available));
  #start = new Start();

  /** Starts a chat, or finds the one that runs already, and follows it. Throws `Refusal` or `Unreachable`. */
  async start(text: string, to: To): Promise<string> {
    const started = await this.#start.ask(this.api, text, to);
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

/** Where a chat goes to: a channel, the channel of the ticket it is about, or the usual one. */
export type To = { [Where in 'channel' | 'ticket']?: StartChat[Where] | undefined };

/** The wish to start a chat: a further attempt with the same text starts no second one. */
export class Start {
  #wish = new Wish();

  ask(api: Api, text: string, to: To): Promise<Started> {
    const body = { text, ...to } as Omit<StartChat, 'cid'>; // JSON leaves out what is undefined
    return this.#wish.once(body, (cid) => api.call('POST /api/chats', { body: { cid, ...body } }));
  }
}
