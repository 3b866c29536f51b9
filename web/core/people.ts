/** The People widget of one agent: a page of one tab, kept up by the server while somebody looks at it. */
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Api } from '../api/http.ts';
import type { Live } from '../api/live.ts';
import type { People, PeopleTab, ServerFrame } from '../api/types.ts';
import { pageShown } from './page.ts';
import { browserShelf, type Shelf } from './shelf.ts';

export const PAGE_SIZES = [5, 10, 15, 20, 25] as const;
export const TABS: readonly PeopleTab[] = ['agents', 'customers', 'out_of_office'];

const SEARCH_AFTER_MS = 250;
/** Where another tab of this browser has the one subscription of the connection. */
const POLL_MS = 2_000;

interface Asked {
  tab: PeopleTab;
  q?: string;
  after?: string;
  limit: number;
}

interface PeopleDoors {
  live: Pick<Live, 'send' | 'onFrame' | 'onUp'>;
  api: Api;
  shelf?: Shelf;
  shown?: ReadonlySignal<boolean>;
}

export class PeopleStore {
  readonly tab = signal<PeopleTab>('agents');
  /** As it stands in the field. */
  readonly q = signal('');
  readonly limit = signal(10);
  /** Of the newest answer; rows are those of `tab` only when `fresh`. */
  readonly people = signal<People | undefined>(undefined);
  /** What is shown answers what is asked. */
  readonly fresh = computed(() => this.#answered.value === key(this.#asked.value));
  /** Which page is shown, from 1. */
  readonly page = computed(() => this.#cursors.value.length + 1);
  #live: PeopleDoors['live'];
  #api: Api;
  #shelf: Shelf;
  /** Where each page after the first one begins. */
  #cursors = signal<readonly string[]>([]);
  #searched = signal('');
  #answered = signal('');
  #asked = computed(() => this.#question());
  #typing: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #stop: Array<() => void>;

  constructor({ live, api, shelf = browserShelf('browser'), shown = pageShown }: PeopleDoors) {
    this.#live = live;
    this.#api = api;
    this.#shelf = shelf;
    const [tab, limit] = [shelf.get('people:tab'), Number(shelf.get('people:limit'))];
    this.tab.value = TABS.find((it) => it === tab) ?? 'agents';
    this.limit.value = PAGE_SIZES.find((it) => it === limit) ?? 10;
    this.#stop = [
      live.onFrame((frame) => this.#hear(frame)),
      live.onUp(() => shown.peek() && this.#ask()),
      effect(() => {
        void this.#asked.value;
        if (shown.value) untracked(() => this.#ask());
        else untracked(() => this.#rest());
      }),
    ];
  }

  show(tab: PeopleTab): void {
    this.#shelf.put('people:tab', tab);
    batch(() => {
      this.tab.value = tab;
      this.#cursors.value = [];
    });
  }

  search(q: string): void {
    this.q.value = q;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      batch(() => {
        this.#searched.value = q.trim();
        this.#cursors.value = [];
      });
    }, SEARCH_AFTER_MS);
  }

  resize(limit: number): void {
    this.#shelf.put('people:limit', String(limit));
    batch(() => {
      this.limit.value = limit;
      this.#cursors.value = [];
    });
  }

  next(): void {
    const after = this.people.peek()?.next;
    if (after !== undefined && this.fresh.peek()) this.#cursors.value = [...this.#cursors.peek(), after];
  }

  previous(): void {
    this.#cursors.value = this.#cursors.peek().slice(0, -1);
  }

  /** Nobody looks any more. */
  close(): void {
    for (const stop of this.#stop) stop();
    clearTimeout(this.#typing);
    this.#rest();
  }

  #question(): Asked {
    const asked: Asked = { tab: this.tab.value, limit: this.limit.value };
    const [q, after] = [this.#searched.value, this.#cursors.value.at(-1)];
    if (q !== '') asked.q = q;
    if (after !== undefined) asked.after = after;
    return asked;
  }

  #ask(): void {
    this.#live.send({ op: 'people', ...this.#asked.peek() });
    this.#lookMyself();
  }

  /** Until the connection answers: it shows one page, and perhaps to another window. */
  #lookMyself(): void {
    clearInterval(this.#poll);
    this.#poll = setInterval(() => void this.#look(), POLL_MS);
  }

  #rest(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
    this.#live.send({ op: 'people' });
  }

  #hear(frame: ServerFrame): void {
    if (frame.op !== 'people') return;
    const { op: _, people, ...asked } = frame;
    if (key(asked) === key(this.#asked.peek())) {
      clearInterval(this.#poll);
      this.#poll = undefined;
      this.#answer(people, asked);
    } else if (this.#answered.peek() === key(this.#asked.peek())) {
      // The connection shows another window's page now. (While an answer is to come, this was for an own earlier question.)
      if (this.#poll === undefined) this.#lookMyself();
    }
  }

  async #look(): Promise<void> {
    const asked = this.#asked.peek();
    try {
      const people = await this.#api.call('GET /api/people', { query: { ...asked } });
      if (this.#poll !== undefined && key(asked) === key(this.#asked.peek())) this.#answer(people, asked);
    } catch {
      // The connection tells of it, and it is tried again.
    }
  }

  #answer(people: People, asked: Asked): void {
    batch(() => {
      // Everybody of a page that is not the first one went: so does the page.
      if (people.rows.length === 0 && asked.after !== undefined) this.previous();
      this.people.value = people;
      this.#answered.value = key(asked);
    });
  }
}

function key({ tab, q, after, limit }: Asked): string {
  return JSON.stringify([tab, q ?? '', after ?? '', limit]);
}
