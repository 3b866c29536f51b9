/** Searching closed chats: what is typed and chosen, and what the server found for it, page by page. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import type { FoundChat } from '../api/types.ts';
import { Pages, type PagesState } from './pages.ts';

export interface Asked {
  q: string;
  /** Only chats of this channel; all without one. */
  channel: string;
  /** Days in one's own zone, both included, as `2026-11-26`; empty for none. */
  from: string;
  to: string;
}

export type SearchState = PagesState;

const NOTHING: Asked = { q: '', channel: '', from: '', to: '' };

export class ArchiveSearch {
  readonly asked = signal<Asked>(NOTHING);
  /** Something is looked for; otherwise the plain list is shown. */
  readonly active: ReadonlySignal<boolean> = computed(() => Object.values(this.asked.value).some((it) => it.trim()));
  readonly found: ReadonlySignal<readonly FoundChat[]>;
  readonly state: ReadonlySignal<SearchState>;
  readonly problem: ReadonlySignal<unknown>;
  #pages: Pages<Asked, FoundChat>;
  #stop: () => void;

  constructor(api: Api) {
    this.#pages = new Pages(async (asked, before) => {
      const { chats, next } = await api.call('GET /api/archive', { query: { ...queryOf(asked), before } });
      return { rows: chats, next };
    });
    this.found = this.#pages.rows;
    this.state = this.#pages.state;
    this.problem = this.#pages.problem;
    this.#stop = effect(() => {
      if (this.active.value) this.#pages.ask(this.asked.value);
      else this.#pages.stop();
    });
  }

  ask(change: Partial<Asked>): void {
    this.asked.value = { ...this.asked.peek(), ...change };
  }

  more(): void {
    this.#pages.more();
  }

  stop(): void {
    this.#stop();
    this.#pages.stop();
  }
}

function queryOf({ q, channel, from, to }: Asked) {
  const start = (day: string, more: number) => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    return day === '' ? undefined : new Date(year, month - 1, date + more).getTime();
  };
  return { q: q.trim() || undefined, channel: channel || undefined, from: start(from, 0), to: start(to, 1) };
}
