/** Files for an article that is being written: chosen before, sent once it is there, each in sight until it is attached. */
import { computed, signal } from '@preact/signals-core';
import { sendTo } from '../api/files.ts';
import { type Api, Refusal } from '../api/http.ts';
import { newId } from './id.ts';

/** As the server has it for one article. */
export const ATTACHMENTS = 20;

export interface Attachment {
  cid: string;
  file: File;
  /** How much of it has gone out, from 0 to 1; absent while it waits. */
  sent?: number | undefined;
  problem?: unknown;
}

/** The files of an article, wherever one reads it. */
export const filesOf = (ticket: string, n: number): string =>
  `/api/tickets/${encodeURIComponent(ticket)}/articles/${n}/files`;

export class Attachments {
  readonly items = signal<readonly Attachment[]>([]);
  readonly failed = computed(() => this.items.value.some(({ problem }) => problem !== undefined));
  #api: Api;
  #path: string | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  add(files: readonly File[]): void {
    const room = ATTACHMENTS - this.items.peek().length;
    this.items.value = [...this.items.peek(), ...files.slice(0, room).map((file) => ({ cid: newId(), file }))];
  }

  remove(cid: string): void {
    this.items.value = this.items.peek().filter((it) => it.cid !== cid);
  }

  /** To the article that was written; says whether all are attached. What is not stays, and can be sent again. */
  sendTo(ticket: string, n: number): Promise<boolean> {
    this.#path = filesOf(ticket, n);
    return this.again();
  }

  async again(): Promise<boolean> {
    for (const { cid, file } of this.items.peek()) {
      try {
        this.#change(cid, { sent: 0, problem: undefined });
        const stop = new AbortController();
        await sendTo(
          this.#api,
          this.#path!,
          { cid, file, note: false },
          (sent) => this.#change(cid, { sent }),
          stop.signal,
        );
        this.remove(cid);
      } catch (problem) {
        this.#change(cid, { sent: undefined, problem });
        if (!(problem instanceof Refusal)) break;
      }
    }
    return this.items.peek().length === 0;
  }

  #change(cid: string, change: Partial<Attachment>): void {
    this.items.value = this.items.peek().map((it) => (it.cid === cid ? { ...it, ...change } : it));
  }
}
