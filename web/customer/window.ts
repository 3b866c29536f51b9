/** The chat window of the portal: shut or open, and what it shows. A new conversation is kept here until it has begun. */
import { computed, signal } from '@preact/signals';
import type { Problem } from '../api/types.ts';
import type { Lobby } from '../core/lobby.ts';
import { Refusal } from '../core/server.ts';

export type Showing = { is: 'list' } | { is: 'new' } | { is: 'chat'; id: string };

/** Why the last attempt to begin did not happen. */
export type Trouble = Problem | 'unreachable';

export class ChatWindow {
  readonly open = signal(false);
  readonly showing = signal<Showing>({ is: 'list' });
  readonly text = signal('');
  readonly channel = signal<string | undefined>(undefined);
  readonly starting = signal(false);
  readonly trouble = signal<Trouble | undefined>(undefined);
  /** Conversations that are not over. */
  readonly running = computed(() => this.lobby.chats.value.filter(({ state }) => state !== 'closed'));
  readonly lobby: Lobby;

  constructor(lobby: Lobby) {
    this.lobby = lobby;
  }

  /** Opens where one would go on: in the one that runs, at the beginning of the first one, else at the list. */
  toggle(): void {
    this.open.value = !this.open.value;
    if (!this.open.value || this.showing.value.is !== 'list') return;
    const [only, more] = this.running.value;
    if (only !== undefined && more === undefined) this.show(only.id);
    else if (this.lobby.ready.value && this.lobby.chats.value.length === 0) this.showing.value = { is: 'new' };
  }

  show(id: string): void {
    this.#leave();
    this.lobby.open(id);
    this.showing.value = { is: 'chat', id };
    this.open.value = true;
  }

  showList(): void {
    this.#leave();
    this.showing.value = { is: 'list' };
  }

  /** To the beginning of a new one. What was left unsent in the chat that has ended goes with it. */
  showNew(): void {
    const showing = this.showing.value;
    if (showing.is === 'chat') {
      this.text.value = this.lobby.drafts.read(showing.id) || this.text.value;
      this.lobby.drafts.drop(showing.id);
    }
    this.#leave();
    this.trouble.value = undefined;
    this.showing.value = { is: 'new' };
    this.open.value = true;
  }

  async start(): Promise<void> {
    if (this.starting.value) return;
    this.starting.value = true;
    this.trouble.value = undefined;
    try {
      const id = await this.lobby.start(this.text.value.trim(), this.channel.value);
      this.text.value = '';
      this.show(id);
    } catch (error) {
      this.trouble.value = error instanceof Refusal ? error.problem : 'unreachable';
    } finally {
      this.starting.value = false;
    }
  }

  #leave(): void {
    const showing = this.showing.peek();
    if (showing.is === 'chat') this.lobby.close(showing.id);
  }
}
