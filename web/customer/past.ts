/** Conversations that are over, newest first, page by page. */
import { effect, signal } from '@preact/signals';
import type { ChatSummary } from '../api/types.ts';
import type { Lobby } from '../core/lobby.ts';

export class Past {
  readonly chats = signal<readonly ChatSummary[]>([]);
  readonly state = signal<'fetching' | 'more' | 'end' | 'failed'>('fetching');
  #lobby: Lobby;
  #next: string | undefined;
  #stop: () => void;

  constructor(lobby: Lobby) {
    this.#lobby = lobby;
    // The list begins anew when another one has ended.
    let over = '';
    this.#stop = effect(() => {
      const now = lobby.chats.value.filter(({ state }) => state === 'closed');
      const ids = now.map(({ id }) => id).join();
      if (!lobby.ready.value || (ids === over && over !== '')) return;
      over = ids;
      queueMicrotask(() => void this.#fetch(undefined));
    });
  }

  more(): void {
    if (this.state.peek() !== 'fetching') void this.#fetch(this.#next);
  }

  stop(): void {
    this.#stop();
  }

  async #fetch(before: string | undefined): Promise<void> {
    this.state.value = 'fetching';
    try {
      const page = await this.#lobby.api.call('GET /api/chats', { query: { which: 'archive', before } });
      const had = before === undefined ? [] : this.chats.peek();
      this.chats.value = [...had, ...page.chats.filter(({ id }) => !had.some((chat) => chat.id === id))];
      this.#next = page.next;
      this.state.value = page.next === undefined ? 'end' : 'more';
    } catch {
      this.state.value = 'failed';
    }
  }
}
