/** Title, icon, bell and browser notifications: does what the planner says. */
import { effect, untracked } from '@preact/signals-core';
import bell from '../images/bell.svg';
import bellText from '../images/bell.svg?raw';
import type { Home } from './home.ts';
import { closeNotice, onNoticeClicked, showNotice, shownNotices } from './notify.ts';
import { type Matter, type Memory, newsIn, plan, type Told } from './planner.ts';
import { browserShelf } from './shelf.ts';
import { Sight, tabFocused } from './sight.ts';
import { ring } from './sound.ts';

/** What waits a moment may be read or taken meanwhile, here, on another device or by somebody else. */
const TOLD_AFTER_MS = 700;
/** What is seen wherever the focus is. */
const FOCUS = '';

export interface Surface {
  home: Home;
  /** What waits for the person now. */
  matters: () => readonly Matter[];
  /** The chats on screen in this tab. */
  onScreen: () => readonly string[];
  /** Shows a chat whose notification was clicked. */
  onClick: (chat: string) => void;
  /** Says it within this page. */
  onNews?: (matter: Matter) => void;
  /** Whether the bell may ring. */
  sound?: () => boolean;
}

/** Tells the person of what waits for him. Answers with the way to stop; no notification is left then. */
export function keepTold({ home, matters, onScreen, onClick, onNews, sound }: Surface): () => void {
  const whose = `${home.api.surface}:${home.me.peek().id}`;
  const sight = new Sight(whose);
  const memory = new SharedMemory(`told:${whose}`);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function tell() {
    waiting = undefined;
    const [seen, shown] = await Promise.all([sight.all(), home.leads ? shownNotices() : []]);
    if (stopped) return;
    const now = untracked(matters);
    const browser = { leads: home.leads, here: tabFocused.peek(), focused: seen.has(FOCUS), seen, shown };
    const todo = plan({ ...browser, matters: now, sound: sound?.() ?? false, now_ms: Date.now() }, memory.read());
    memory.keep(todo.memory);
    for (const matter of todo.inPage) onNews?.(matter);
    for (const chat of todo.close) void closeNotice(chat);
    // One sound is enough.
    const silent = todo.ring && (await ring());
    for (const { title, body, chat } of todo.show) void showNotice({ title, body, tag: chat, silent });
  }

  const stops = [
    onNoticeClicked(onClick),
    effect(() => {
      const chat = home.ready.value ? takeAsked() : null;
      if (chat !== null) untracked(() => onClick(chat));
    }),
    effect(() => sight.show(tabFocused.value ? [FOCUS, ...onScreen()] : [])),
    effect(() => {
      if (!home.ready.value) return;
      matters();
      waiting ??= setTimeout(() => void tell(), TOLD_AFTER_MS);
    }),
  ];
  return () => {
    stopped = true;
    clearTimeout(waiting);
    for (const stop of stops) stop();
    sight.show([]);
    void shownNotices().then((left) => left.forEach((chat) => void closeNotice(chat)));
  };
}

/** What is unread in the person's running chats and what he wants to be told of. */
export function messagesIn(home: Home): Matter[] {
  return home.chats.value.flatMap(({ id: chat, state, asked, with: whom = '' }) => {
    const store = home.find(chat);
    const view = store?.view.value;
    if (state === 'closed' || asked || store === undefined || view === undefined) return [];
    const news = newsIn(view, store.entries.value, store.unread.value);
    if (news === undefined) return [];
    return [{ is: 'message', chat, at: news.seq, title: news.writer?.name ?? whom, body: news.text }];
  });
}

/** The chat for whose notification this page was opened, once. */
function takeAsked(): string | null {
  const chat = new URLSearchParams(location.search).get('show');
  if (chat !== null) history.replaceState(null, '', location.pathname);
  return chat;
}

/** Of the browser, over all tabs, and of this tab. */
class SharedMemory {
  #shelf = browserShelf('browser');
  #name: string;
  #known: Told | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  read(): Memory {
    return { told: parse(this.#shelf.get(this.#name)), known: this.#known };
  }

  keep({ told, known }: Memory): void {
    this.#known = known;
    const text = told && JSON.stringify(told);
    if (text !== undefined && text !== this.#shelf.get(this.#name)) this.#shelf.put(this.#name, text);
  }
}

function parse(text: string | undefined): Told | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many wait, in the title of the page, in its icon, and on the icon of an installed one. */
export function showCount(count: number, title: string): void {
  document.title = count > 0 ? `(${count}) ${title}` : title;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = count > 0 ? iconWith(count > 9 ? '9+' : `${count}`) : bell;
  if (icon !== null && icon.getAttribute('href') !== href) icon.href = href;
  navigator.setAppBadge?.(count).catch(() => {});
}

/** Addresses of icons by what they show. They are kept: a browser may still be fetching one when the next is shown. */
const icons = new Map<string, string>();

function iconWith(text: string): string {
  const known = icons.get(text);
  if (known !== undefined) return known;
  const badge = `<circle cx="22" cy="10" r="10" fill="#ffb43a"/>
    <text x="22" y="15" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${20 - 5 * text.length}">${text}</text>`;
  const drawn = new Blob([bellText.replace('</svg>', `${badge}</svg>`)], { type: 'image/svg+xml' });
  const address = URL.createObjectURL(drawn);
  icons.set(text, address);
  return address;
}
