/** What an agent can do, with a sentence for every way it can go wrong. */
import { signal } from '@preact/signals';
import type { Availability, OutOfOffice } from '../api/types.ts';
import type { ChatVerb } from '../core/chat.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { inWords } from '../ui/problem.ts';
import { say } from '../ui/Toasts.tsx';
import { whomOf } from './members.ts';
import type { Windows } from './windows.ts';

export class Work {
  readonly desk: Desk;
  readonly windows: Windows;
  /** The chat whose acceptance is on its way. */
  readonly accepting = signal<string | undefined>(undefined);
  /** Chats that this agent just gave away: that they go is no news to him. */
  readonly letGo = new Set<string>();

  constructor(desk: Desk, windows: Windows) {
    this.desk = desk;
    this.windows = windows;
  }

  /** Accepts a request and opens its window. True if this agent has it now. */
  async accept(chat: string): Promise<boolean> {
    if (this.accepting.peek() !== undefined) return false;
    const known = this.desk.find(chat) !== undefined;
    this.accepting.value = chat;
    try {
      await this.desk.open(chat).act('accept');
      this.windows.show(chat);
      return true;
    } catch (error) {
      if (!known) this.desk.close(chat);
      say(this.#notAccepted(chat, error), 'danger');
      return false;
    } finally {
      this.accepting.value = undefined;
    }
  }

  /** Closes, hands back or leaves; where that succeeds for good, the window goes too. */
  async act(chat: string, verb: Exclude<ChatVerb, 'accept'>): Promise<void> {
    const store = this.desk.open(chat);
    const view = store.view.peek();
    if (verb !== 'close') this.letGo.add(chat);
    try {
      await store.act(verb);
    } catch (error) {
      this.letGo.delete(chat);
      say(problemOf(error), 'danger');
      return;
    }
    if (verb === 'close') return;
    this.putAway(chat);
    if (verb === 'hand_back' && view) {
      say(t('agent-handed-back', { name: whomOf(view)?.name ?? '', channel: view.channel.name }));
    }
  }

  /** Takes a window away; the chat itself stays what it is. */
  putAway(chat: string): void {
    this.windows.remove(chat);
    this.desk.close(chat);
  }

  async setAvailability(availability: Availability): Promise<void> {
    await this.#try(() => this.desk.setAvailability(availability));
  }

  /** Answers with what went wrong, if anything. */
  setChannels(channels: string[]): Promise<string | undefined> {
    return this.#problem(() => this.desk.setChannels(channels));
  }

  /** Answers with what went wrong, if anything. */
  setOutOfOffice(absence: OutOfOffice): Promise<string | undefined> {
    return this.#problem(() => this.desk.setOutOfOffice(absence));
  }

  async #problem(what: () => Promise<void>): Promise<string | undefined> {
    try {
      await what();
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  async addChannel(id: string): Promise<void> {
    const channels = this.desk.me.peek().channels ?? [];
    const wanted = channels
      .filter(({ selected, channel }) => selected || channel.id === id)
      .map(({ channel }) => channel.id);
    const name = channels.find(({ channel }) => channel.id === id)?.channel.name ?? '';
    if (await this.#try(() => this.desk.setChannels(wanted))) say(t('agent-channel-added', { channel: name }));
  }

  async #try(what: () => Promise<void>): Promise<boolean> {
    try {
      await what();
      return true;
    } catch (error) {
      say(problemOf(error), 'danger');
      return false;
    }
  }

  #notAccepted(chat: string, error: unknown): string {
    if (!(error instanceof Refusal) || error.problem.code !== 'already_taken') return problemOf(error);
    const others = this.desk.waiting.peek().filter((request) => request.chat !== chat).length;
    return t('agent-accepted-instead', { by: error.problem.by ?? '?', count: others });
  }
}

/** A failed call as a sentence. */
export function problemOf(error: unknown): string {
  return error instanceof Refusal ? inWords(error.problem) : t('problem-unreachable');
}
