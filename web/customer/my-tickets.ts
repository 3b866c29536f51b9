/** A customer user's tickets or those of his company, changed last first, page by page. */
import { signal } from '@preact/signals';
import type { MyTicketLine } from '../api/types.ts';
import type { SearchState } from '../core/archive-search.ts';
import type { Api } from '../core/server.ts';

export type Whose = 'mine' | 'company';

export class MyTickets {
  readonly tickets = signal<readonly MyTicketLine[]>([]);
  readonly state = signal<SearchState>('fetching');
  /** Why the last page could not be fetched. */
  readonly problem = signal<unknown>(undefined);
  #api: Api;
  #whose: Whose;
  #next: string | undefined;

  constructor(api: Api, whose: Whose) {
    this.#api = api;
    this.#whose = whose;
    void this.#fetch();
  }

  /** The next page; the same one again where it failed. */
  more(): void {
    if (this.state.peek() !== 'fetching') void this.#fetch();
  }

  async #fetch(): Promise<void> {
    this.state.value = 'fetching';
    try {
      const query = { whose: this.#whose, before: this.#next };
      const page = await this.#api.call('GET /api/my/tickets', { query });
      const had = this.tickets.peek();
      // One that was changed meanwhile stands further above and is not shown twice.
      this.tickets.value = [...had, ...page.tickets.filter(({ id }) => !had.some((ticket) => ticket.id === id))];
      this.#next = page.next;
      this.state.value = page.next === undefined ? 'end' : 'more';
    } catch (error) {
      this.problem.value = error;
      this.state.value = 'failed';
    }
  }
}
