/** The ticket list: what is asked for, and what the server has of it. */
import { effect, signal } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import type { TicketLine } from '../api/types.ts';
import { Pages } from './pages.ts';

export interface TicketsAsked {
  q: string;
  /** Only of this queue; of all without one. */
  queue: string;
  /** A state, `open` for all that are not over, or `all`. */
  state: string;
  /** `me`, `nobody`; everybody's without one. */
  owner: string;
}

export class TicketList {
  readonly asked = signal<TicketsAsked>({ q: '', queue: '', state: 'open', owner: '' });
  readonly pages: Pages<TicketsAsked, TicketLine>;
  #stop: () => void;

  /** With `bySearch` nothing is asked before something is typed. */
  constructor(api: Api, bySearch = false) {
    this.pages = new Pages(async ({ q, queue, state, owner }, before) => {
      if (bySearch && q.trim() === '') return { rows: [] };
      const query = { q: q.trim() || undefined, queue: queue || undefined, state, owner: owner || undefined, before };
      const { tickets, next } = await api.call('GET /api/tickets', { query });
      return { rows: tickets, next };
    });
    this.#stop = effect(() => this.pages.ask(this.asked.value));
  }

  ask(change: Partial<TicketsAsked>): void {
    this.asked.value = { ...this.asked.peek(), ...change };
  }

  stop(): void {
    this.#stop();
    this.pages.stop();
  }
}
