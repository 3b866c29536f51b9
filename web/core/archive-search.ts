/** Searching closed chats: what is typed and chosen, and what the server found for it, page by page. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import type { FoundChat } from '../api/types.ts';

export interface Asked {
  q: string;
  /** Only chats of this channel; all without one. */
  channel: string;
  /** Days in one's own zone, both included, as `2026-11-26`; empty for none. */
  from: string;
  to: string;
}

export type SearchState = 'fetching' | 'more' | 'end' | 'failed';

const NOTHING: Asked = { q: '', channel: '', from: '', to: '' };
/** Typing goes on for so long. */
const PAUSE_MS = 250;

export class ArchiveSearch {
  readonly asked = signal<Asked>(NOTHING);
  /** Something is looked for; otherwise the plain list is shown. */
  readonly active: ReadonlySignal<boolean> = computed(() => Object.values(this.asked.value).some((it) => it.trim()));
  readonly found = signal<readonly FoundChat[]>([]);
  readonly state = signal<SearchState>('fetching');
  readonly problem = signal<unknown>(undefined);
  #api: Api;
  #next: string | undefined;
  /** Which question is the newest: answers to others come too late. */
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void;

  constructor(api: Api) {
    this.#api = api;
    this.#stop = effect(() => {
      clearTimeout(this.#timer);
      this.#question += 1;
      if (!this.active.value) return;
      const asked = this.asked.value;
      this.state.value = 'fetching';
      this.#timer = setTimeout(() => void this.#fetch(asked, undefined), PAUSE_MS);
    });
  }

  ask(change: Partial<Asked>): void {
    this.asked.value = { ...this.asked.peek(), ...change };
  }

  /** The next page; the same one again where it failed. */
  more(): void {
    if (this.state.peek() !== 'fetching') void this.#fetch(this.asked.peek(), this.#next);
  }

  stop(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#question += 1;
  }

  async #fetch(asked: Asked, before: string | undefined): Promise<void> {
    const question = this.#question;
    this.state.value = 'fetching';
    try {
      const page = await this.#api.call('GET /api/archive', { query: { ...queryOf(asked), before } });
      if (question !== this.#question) return;
      const had = before === undefined ? [] : this.found.peek();
      this.found.value = [...had, ...page.chats];
      this.#next = page.next;
      this.state.value = page.next === undefined ? 'end' : 'more';
    } catch (error) {
      if (question !== this.#question) return;
      if (before === undefined) this.found.value = [];
      this.#next = before;
      this.problem.value = error;
      this.state.value = 'failed';
    }
  }
}

function queryOf({ q, channel, from, to }: Asked) {
  const start = (day: string, more: number) => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    return day === '' ? undefined : new Date(year, month - 1, date + more).getTime();
  };
  return { q: q.trim() || undefined, channel: channel || undefined, from: start(from, 0), to: start(to, 1) };
}
