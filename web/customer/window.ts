/** The chat window of the portal: shut or open, and what it shows. A new conversation is kept here until it has begun. */
import { computed, effect, signal, untracked } from '@preact/signals';
import type { MyTicketMade, Problem, TicketRef } from '../api/types.ts';
import { lang } from '../core/i18n.ts';
import type { Lobby } from '../core/lobby.ts';
import { Refusal } from '../core/server.ts';
import { Wish } from '../core/wish.ts';
import { titleOf } from './new-ticket.ts';
import { putIn } from './ticket.ts';

export type Showing = { is: 'list' } | { is: 'new' } | { is: 'chat'; id: string };

/** Why the last attempt to begin did not happen. */
export type Trouble = Problem | 'unreachable';

/** The ticket that a new conversation is about, and the channel that it goes to. */
export type About = TicketRef & { channel: string };

export class ChatWindow {
  readonly open = signal(false);
  readonly showing = signal<Showing>({ is: 'list' });
  readonly text = signal('');
  readonly channel = signal<string | undefined>(undefined);
  readonly about = signal<About | undefined>(undefined);
  readonly starting = signal(false);
  readonly trouble = signal<Trouble | undefined>(undefined);
  /** The ticket that a message has just become. */
  readonly left = signal<MyTicketMade | undefined>(undefined);
  /** What an agent asks for: not a conversation before it is accepted. */
  readonly asked = computed(() => this.lobby.chats.value.filter(({ asked, state }) => asked && state !== 'closed'));
  /** All others. */
  readonly chats = computed(() => this.lobby.chats.value.filter(({ asked }) => !asked));
  /** Conversations that are not over. */
  readonly running = computed(() => this.chats.value.filter(({ state }) => state !== 'closed'));
  readonly unread = computed(() => this.chats.value.reduce((sum, chat) => sum + chat.unread, 0));
  /** The request whose answer is on its way, and why the last answer did not get there. */
  readonly answering = signal<string | undefined>(undefined);
  readonly notAnswered = signal<{ id: string; trouble: Trouble } | undefined>(undefined);
  readonly lobby: Lobby;
  #wish = new Wish();

  constructor(lobby: Lobby) {
    this.lobby = lobby;
    // Who opened before the conversations were known goes on as soon as they are.
    effect(() => {
      if (lobby.ready.value) untracked(() => this.#goOn());
    });
  }

  toggle(): void {
    this.open.value = !this.open.value;
    this.#goOn();
  }

  /** Shows where one would go on: the one that runs, the beginning of the first one, else the list. */
  #goOn(): void {
    if (!this.open.value || this.showing.value.is !== 'list' || !this.lobby.ready.value) return;
    const [only, more] = this.running.value;
    if (only !== undefined && more === undefined) this.show(only.id);
    else if (this.lobby.chats.value.length === 0) this.showing.value = { is: 'new' };
  }

  show(id: string): void {
    if (this.asked.peek().some((chat) => chat.id === id)) {
      this.showList();
      this.open.value = true;
      return;
    }
    this.#show(id);
  }

  #show(id: string): void {
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
  showNew(about?: About): void {
    const showing = this.showing.value;
    if (showing.is === 'chat') {
      this.text.value = this.lobby.drafts.read(showing.id) || this.text.value;
      this.lobby.drafts.drop(showing.id);
    }
    this.#leave();
    this.trouble.value = undefined;
    this.left.value = undefined;
    this.about.value = about;
    this.showing.value = { is: 'new' };
    this.open.value = true;
  }

  /** Leaves a text for a channel as a ticket, or in the one it is about. Throws `Refusal` or `Unreachable`. */
  async leave(text: string, channel: string, about: TicketRef | undefined): Promise<void> {
    if (about) return this.#leaveIn(about, text);
    const body = { title: titleOf(text), text, channel, language: lang.peek() };
    const { api } = this.lobby;
    this.left.value = await this.#wish.once(body, (cid) =>
      api.call('POST /api/my/tickets', { body: { cid, ...body } }),
    );
  }

  async #leaveIn(ticket: TicketRef, text: string): Promise<void> {
    const { api } = this.lobby;
    await this.#wish.once({ ticket, text }, (cid) =>
      api.call('POST /api/my/tickets/{ticket}/articles', { ticket: ticket.id, body: { cid, text } }),
    );
    putIn.value++;
    this.left.value = { id: ticket.id, number: ticket.number };
  }

  /** From a chat to what became of a message that was left instead. */
  showLeft(): void {
    this.#leave();
    this.showing.value = { is: 'new' };
  }

  /** Accepts what an agent asks for, and shows it. */
  async accept(id: string): Promise<void> {
    if (await this.#answer(id, 'accept')) this.#show(id);
  }

  async decline(id: string): Promise<void> {
    await this.#answer(id, 'decline');
  }

  async #answer(id: string, verb: 'accept' | 'decline'): Promise<boolean> {
    if (this.answering.peek() !== undefined) return false;
    this.answering.value = id;
    this.notAnswered.value = undefined;
    try {
      await this.lobby.open(id).act(verb);
      return true;
    } catch (error) {
      this.notAnswered.value = { id, trouble: error instanceof Refusal ? error.problem : 'unreachable' };
      return false;
    } finally {
      this.lobby.close(id);
      this.answering.value = undefined;
    }
  }

  async start(): Promise<void> {
    if (this.starting.value) return;
    this.starting.value = true;
    this.trouble.value = undefined;
    try {
      const { channel, about } = this;
      const to = about.value ? { ticket: about.value.id } : { channel: channel.value };
      const id = await this.lobby.start(this.text.value.trim(), to);
      this.text.value = '';
      about.value = undefined;
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
