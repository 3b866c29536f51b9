/** Pictures of people, each fetched once: the way to them asks who wants to see, so that a plain address does not do. */
import { type Signal, signal } from '@preact/signals';
import { contentAt } from '../api/files.ts';
import type { Api } from '../api/http.ts';

const held = new Map<string, Signal<string | undefined>>();
/** Of those shown longest ago the first go. */
const MOST = 200;

/** An address of somebody's picture, once it is here. `picture` names it: another picture has another name. */
export function portrait(api: Api, person: string, picture: string): Signal<string | undefined> {
  return pictureAt(api, `/api/people/${encodeURIComponent(person)}/picture`, picture);
}

/** The same of an agent, in a chat of who sees him there. */
export function portraitIn(api: Api, chat: string, n: number, picture: string): Signal<string | undefined> {
  return pictureAt(api, `/api/chats/${encodeURIComponent(chat)}/members/${n}/picture`, picture);
}

function pictureAt(api: Api, path: string, picture: string): Signal<string | undefined> {
  const key = `${path} ${picture}`;
  const known = held.get(key);
  if (known !== undefined) return known;
  const shown = signal<string | undefined>(undefined);
  held.set(key, shown);
  for (const [first, old] of held) {
    if (held.size <= MOST) break;
    if (old.peek() !== undefined) URL.revokeObjectURL(old.peek()!);
    held.delete(first);
  }
  contentAt(api, path).then(
    (content) => {
      shown.value = URL.createObjectURL(content);
    },
    // Initials do as well.
    () => held.delete(key),
  );
  return shown;
}
