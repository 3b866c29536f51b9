/**
 * Who is told of what, and how: decided here for all surfaces. It looks at what waits for a person as things are, not at what
 * happened, so that a reload, a lost connection or another leading tab neither repeats nor swallows anything. Pure;
 * `notices.ts` does what comes out.
 */
import type { ChatView, EntryView, MemberView, RequestKind } from '../api/types.ts';

/** Something that waits for the person: a request, or the newest message of a chat that he has not read. */
export interface Matter {
  is: RequestKind | 'message';
  /** Also what its notification goes by. */
  chat: string;
  /** Grows with what is new: since when it waits, the number of the message. */
  at: number;
  title: string;
  body: string;
}

/** How it stands in the browser. */
export interface Scene {
  matters: readonly Matter[];
  /** This tab does what one has to do for all. */
  leads: boolean;
  /** This tab has the focus. */
  here: boolean;
  /** Some tab of this person has it. */
  focused: boolean;
  /** Chats that are on screen in a tab that has the focus. */
  seen: ReadonlySet<string>;
  /** The chats whose notifications the browser shows. */
  shown: readonly string[];
  /** The person wants to hear the bell. */
  sound: boolean;
  now_ms: number;
}

/** What there is nothing left to say about. */
export interface Told {
  /** The newest of each kind and chat, the latest ones last. */
  matters: Readonly<Record<string, number>>;
  rang_ms: number;
}

export interface Memory {
  /** Of all tabs, over reloads; absent where nobody was told of anything yet. */
  told: Told | undefined;
  /** Of this tab. */
  known: Told | undefined;
}

export interface Plan {
  /** To say within this page. */
  inPage: Matter[];
  /** Notifications to show; one takes the place of an earlier one of its chat. */
  show: Matter[];
  /** Chats whose notifications have nothing to say any more. */
  close: string[];
  ring: boolean;
  memory: Memory;
}

export const RING_EVERY_MS = 2_000;
/** How much is remembered of what does not wait any more. */
export const REMEMBERED = 200;

/**
 * What is to be done. Each matter is told of once. Who has just come for the first time and looks at the page is told of nothing
 * that is there already.
 */
export function plan(scene: Scene, { told, known }: Memory): Plan {
  const { matters, seen, shown, now_ms } = scene;
  const isSeen = ({ chat }: Matter) => seen.has(chat);
  const inPage = scene.here && known ? unknown(matters, known).filter((it) => isRequest(it) && !isSeen(it)) : [];
  const followed = { inPage, show: [], close: [], ring: false, memory: { told, known: remember(known, matters) } };
  if (!scene.leads) return followed;
  const hasJustCome = told === undefined && scene.focused;
  const news = hasJustCome ? [] : unknown(matters, told).filter((it) => isRequest(it) || !isSeen(it));
  const ring = scene.sound && news.length > 0 && now_ms - (told?.rang_ms ?? 0) >= RING_EVERY_MS;
  return {
    ...followed,
    show: scene.focused ? [] : news,
    close: shown.filter((chat) => !matters.some((matter) => matter.chat === chat)),
    ring,
    memory: { ...followed.memory, told: remember(told, matters, ring ? now_ms : told?.rang_ms) },
  };
}

/**
 * The newest of the `unread` last entries of others that this person wants to be told of: his setting for the chat decides, and who
 * only observes is told of nothing.
 */
export function newsIn(view: ChatView, entries: readonly EntryView[], unread: number): News | undefined {
  const { members, me, notify } = view;
  const role = members.find(({ n }) => n === me)?.role;
  if (role === undefined || role === 'observer' || notify === 'off') return undefined;
  let left = unread;
  for (let i = entries.length - 1; i >= 0 && left > 0; i--) {
    const { seq, who, what } = entries[i]!;
    if ((what.kind !== 'message' && what.kind !== 'note') || who === me) continue;
    left--;
    const writer = members.find(({ n }) => n === who);
    if (notify !== 'customer' || writer?.kind !== 'agent') return { seq, writer, text: what.text };
  }
  return undefined;
}

export interface News {
  seq: number;
  writer: MemberView | undefined;
  text: string;
}

const isRequest = ({ is }: Matter) => is !== 'message';

const keyOf = ({ is, chat }: Matter) => `${is} ${chat}`;

function unknown(matters: readonly Matter[], told: Told | undefined): Matter[] {
  return matters.filter((matter) => (told?.matters[keyOf(matter)] ?? Number.NEGATIVE_INFINITY) < matter.at);
}

/** The memory with these in it: they are kept as long as they wait, of the rest the latest ones. */
function remember(before: Told | undefined, matters: readonly Matter[], rang_ms = 0): Told {
  const waiting = new Map(
    matters.map((matter) => [keyOf(matter), Math.max(matter.at, before?.matters[keyOf(matter)] ?? 0)]),
  );
  const rest = Object.entries(before?.matters ?? {}).filter(([key]) => !waiting.has(key));
  return { matters: Object.fromEntries([...rest.slice(-REMEMBERED), ...waiting]), rang_ms };
}
