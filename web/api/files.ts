/** Files into chats, with news of how far they are, and out of them. */
import { type Api, isProblem, Refusal, Unreachable } from './http.ts';
import type { Said } from './types.ts';

/** A file on its way. */
export interface Sending {
  /** The same for each try: the server stores it once. */
  cid: string;
  note: boolean;
  file: File;
}

/** Nothing has moved for so long: there is no way to the server, or it has no time. */
const STILL_MS = 30_000;
/** A file of the largest size on a slow line. */
const FETCH_MS = 15 * 60_000;

/** Into a chat. Throws `Refusal` or `Unreachable`. */
export function sendFile(
  api: Api,
  chat: string,
  sending: Sending,
  onSent: (part: number) => void,
  stop: AbortSignal,
): Promise<Said> {
  return sendTo(api, `/api/chats/${encodeURIComponent(chat)}/files`, sending, onSent, stop) as Promise<Said>;
}

/** `fetch` does not tell how much has gone out, hence the older way. Throws `Refusal` or `Unreachable`. */
export function sendTo(
  api: Api,
  path: string,
  { cid, note, file }: Sending,
  onSent: (part: number) => void,
  stop: AbortSignal,
): Promise<unknown> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ cid, size: String(file.size), note: String(note) });
    request.open('POST', `${path}?${query}`);
    for (const [name, value] of Object.entries(api.headers())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Deskbell-File-Name', encodeURIComponent(file.name.slice(-NAME_MAX)));
    let timer = setTimeout(() => request.abort(), STILL_MS);
    const moves = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STILL_MS);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      moves();
      onSent(total > 0 ? loaded / total : 0);
    };
    request.onloadend = () => {
      clearTimeout(timer);
      const answer = parsed(request.responseText);
      if (request.status === 200 && answer !== undefined) done(answer);
      else fail(request.status === 0 ? new Unreachable() : refusalOf(request.status, answer));
    };
    stop.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** What the server makes of a name begins at its end, where the kind of file stands; more than this it does not keep. */
const NAME_MAX = 500;

/** The content of the file at an entry. Throws `Refusal` or `Unreachable`. */
export function fileAt(api: Api, chat: string, seq: number): Promise<Blob> {
  return contentAt(api, `/api/chats/${encodeURIComponent(chat)}/files/${seq}`);
}

/** The content of a file. Throws `Refusal` or `Unreachable`. */
export async function contentAt(api: Api, path: string): Promise<Blob> {
  try {
    const response = await fetch(path, {
      headers: api.headers(),
      credentials: api.surface === 'visitor' ? 'omit' : 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(FETCH_MS),
    });
    if (response.ok) return await response.blob();
    throw refusalOf(response.status, parsed(await response.text()));
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Unreachable(cause);
  }
}

/** One's own picture. Throws `Refusal` or `Unreachable`. */
export function putPicture(api: Api, picture: Blob): Promise<void> {
  return putImage(api, '/api/me/picture', picture);
}

/** The logo on the pages of this installation. */
export function putLogo(api: Api, logo: Blob): Promise<void> {
  return putImage(api, '/api/admin/look/logo', logo);
}

async function putImage(api: Api, path: string, body: Blob): Promise<void> {
  try {
    const headers = { ...api.headers(), 'Content-Type': 'application/octet-stream' };
    const signal = AbortSignal.timeout(STILL_MS);
    const response = await fetch(path, { method: 'PUT', headers, body, signal });
    if (!response.ok) throw refusalOf(response.status, parsed(await response.text()));
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Unreachable(cause);
  }
}

/** A proxy that takes less than the server says so in its own way. */
function refusalOf(status: number, answer: unknown): Error {
  if (isProblem(answer)) return new Refusal(status, answer);
  if (status >= 500) return new Unreachable(`status ${status}`);
  const say = `The server answered ${status} without a reason.`;
  return new Refusal(status, { code: 'not_understood', say, next: 'Tell who runs it.' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
