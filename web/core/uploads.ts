/**
 * Files of one chat on their way to the server: one after the other, each under an id of its own, and each in sight until its
 * entry is there or the person takes it away. They live as long as this page.
 */
import { effect } from '@preact/signals-core';
import { type Sending, sendFile } from '../api/files.ts';
import { type Api, Refusal } from '../api/http.ts';
import type { Problem } from '../api/types.ts';
import type { ChatStore, Coming } from './chat.ts';
import { serverNow } from './clock.ts';
import { newId } from './id.ts';

/** As the server has it; it says so again, whoever gets past this. */
export const SIZE_MAX = 20 * 1024 * 1024;
/** How often something is tried that the server had no time for. */
const TRIES = 6;
const LONGEST_PAUSE_MS = 10_000;

/** Kinds of files that can be sent, as a file dialog wants them. */
export const ACCEPT = [
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', '.pdf', '.txt', '.log', '.md', '.csv', '.json'],
  ...['.docx', '.xlsx', '.pptx', '.odt', '.ods', '.odp', '.zip', '.mp3', '.ogg', '.mp4', '.webm'],
].join(',');

interface Upload extends Sending {
  tries: number;
  stop: AbortController;
}

/** What of a chat they need. */
type Place = Pick<ChatStore, 'id' | 'entries' | 'files'>;

const all = new WeakMap<Place, Uploads>();

/** The uploads of a chat, the same ones each time. */
export function uploadsOf(chat: Place, api: Api): Uploads {
  const uploads = all.get(chat) ?? new Uploads(chat, api);
  all.set(chat, uploads);
  return uploads;
}

export class Uploads {
  #chat: Place;
  #api: Api;
  #send: typeof sendFile;
  #uploads = new Map<string, Upload>();
  #busy = false;

  constructor(chat: Place, api: Api, send = sendFile) {
    this.#chat = chat;
    this.#api = api;
    this.#send = send;
    effect(() => this.#arrived(new Set(chat.entries.value.map(({ cid }) => cid))));
  }

  /** Shows them at once and begins to send. */
  async add(files: Iterable<File>, note = false): Promise<void> {
    for (const file of files) {
      const cid = newId();
      this.#uploads.set(cid, { cid, note, file, tries: 0, stop: new AbortController() });
      const { name, type, size } = file;
      const coming: Coming = {
        ...{ cid, kind: note ? 'note' : 'message', text: name, at: serverNow(), delivery: 'waiting', sent: 0 },
        file: { name, type, size, ...(await pixelsOf(file)) },
      };
      this.#set([...this.#chat.files.peek(), coming]);
      const problem = unfit(file);
      if (problem) this.#change(cid, { delivery: 'failed', problem });
    }
    void this.#next();
  }

  /** The person wants it tried again. */
  retry(cid: string): void {
    const upload = this.#uploads.get(cid);
    if (upload === undefined || unfit(upload.file)) return;
    upload.tries = 0;
    this.#change(cid, { delivery: 'waiting', sent: 0 });
    void this.#next();
  }

  /** The person takes it back. What the server has by then stays there. */
  remove(cid: string): void {
    this.#uploads.get(cid)?.stop.abort();
    this.#uploads.delete(cid);
    this.#set(this.#chat.files.peek().filter((it) => it.cid !== cid));
  }

  /** The content of one that was sent from here, so that it need not be fetched. */
  contentOf(cid: string | undefined): File | undefined {
    return cid === undefined ? undefined : this.#uploads.get(cid)?.file;
  }

  async #next(): Promise<void> {
    const next = this.#chat.files.peek().find(({ delivery }) => delivery === 'waiting');
    const upload = next && this.#uploads.get(next.cid);
    if (this.#busy || upload === undefined) return;
    this.#busy = true;
    const { cid } = upload;
    this.#change(cid, { delivery: 'sending' });
    try {
      const said = await this.#send(
        this.#api,
        this.#chat.id,
        upload,
        (sent) => this.#change(cid, { sent }),
        upload.stop.signal,
      );
      // In sight until its entry comes, which may have been before.
      if (this.#chat.entries.peek().some(({ seq }) => seq >= said.seq)) this.#drop(cid);
      else this.#change(cid, { delivery: 'stored', sent: 1 });
    } catch (error) {
      await this.#failed(upload, error);
    }
    this.#busy = false;
    void this.#next();
  }

  async #failed(upload: Upload, error: unknown): Promise<void> {
    const problem = error instanceof Refusal ? error.problem : UNREACHABLE;
    const pause = problem.retry_after_ms;
    if (pause === undefined || ++upload.tries >= TRIES) {
      this.#change(upload.cid, { delivery: 'failed', problem });
      return;
    }
    await new Promise((passed) => setTimeout(passed, Math.min(pause, LONGEST_PAUSE_MS)));
    this.#change(upload.cid, { delivery: 'waiting', sent: 0 });
  }

  /** Its entry is there. The content stays here, to be shown. */
  #arrived(cids: Set<string | undefined>): void {
    const files = this.#chat.files.peek();
    if (files.some(({ cid }) => cids.has(cid))) this.#set(files.filter(({ cid }) => !cids.has(cid)));
  }

  #drop(cid: string): void {
    this.#set(this.#chat.files.peek().filter((it) => it.cid !== cid));
  }

  #change(cid: string, to: Partial<Coming>): void {
    this.#set(this.#chat.files.peek().map((it) => (it.cid === cid ? { ...it, ...to } : it)));
  }

  #set(files: readonly Coming[]): void {
    this.#chat.files.value = files;
    if (files.some(({ delivery }) => delivery !== 'stored')) unfinished.add(this);
    else unfinished.delete(this);
    if (unfinished.size > 0) addEventListener('beforeunload', asks);
    else removeEventListener('beforeunload', asks);
  }
}

/** Whose files would be lost with the page: the browser asks first. */
const unfinished = new Set<Uploads>();
const asks = (event: Event) => event.preventDefault();

const UNREACHABLE: Problem = { code: 'unreachable', say: 'The server cannot be reached.', next: 'Try again.' };

/** What the server would say in any case. */
function unfit(file: File): Problem | undefined {
  if (file.size > SIZE_MAX)
    return { code: 'file_too_large', say: 'This file is too large.', next: '', limit: SIZE_MAX };
  return file.size === 0 ? { code: 'file_empty', say: 'There is nothing in this file.', next: '' } : undefined;
}

/** How large a picture is, so that it keeps its place from the beginning. */
async function pixelsOf(file: File): Promise<{ width: number; height: number } | undefined> {
  if (!ACCEPT.split(',').includes(file.type)) return undefined;
  try {
    const picture = await createImageBitmap(file);
    const { width, height } = picture;
    picture.close();
    return { width, height };
  } catch {
    return undefined;
  }
}
