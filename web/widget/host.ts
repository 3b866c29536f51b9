/**
 * Where the panel lives: in a frame on somebody's page, where the loader keeps what has to be kept, or on a page of its
 * own. Every storage access is guarded, since a frame with blocked third-party cookies has none.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { pageShown } from '../core/page.ts';
import { browserShelf, hasStorage, type Shelf } from '../core/shelf.ts';
import { IDENTITY, type Kept, TOKEN, type ToHost, type ToPanel } from './bridge.ts';

export interface Host {
  /** Whether the visitor can see the panel. */
  readonly shown: ReadonlySignal<boolean>;
  /** How often the visitor opened the panel by hand: it takes the focus then. */
  readonly opened: ReadonlySignal<number>;
  /** For what is kept of a running chat, over the pages of the site. */
  readonly shelf: Shelf;
  /**
   * Calls with the visitor's token, or without one, as soon as it is known and whenever another tab has got one, and with
   * what the page proves his identity by.
   */
  onToken(hear: (token: string | undefined, identity?: string) => void): void;
  keepToken(token: string | undefined): void;
  tellUnread(count: number): void;
  /** Hides the panel; absent where it is the whole page. */
  shut: (() => void) | undefined;
}

/** On a page of its own the token stays in that origin's storage. */
export function ownPage(snippet: string): Host {
  const shelf = browserShelf('browser');
  const name = `visitor:${snippet}`;
  return {
    shown: pageShown,
    opened: signal(1),
    shelf: browserShelf('tab'),
    onToken(hear) {
      hear(shelf.get(name));
      addEventListener('storage', (event) => {
        if (event.key === `deskbell:${name}` && event.newValue) hear(event.newValue);
      });
    },
    keepToken: (token) => shelf.put(name, token),
    tellUnread() {},
    shut: undefined,
  };
}

/**
 * In a frame. `origin` is the host page's as the loader named it; `sites` are those that this snippet may stand on. For
 * any other it answers `undefined`: nobody is talked to.
 */
export function framed(origin: string, sites: readonly string[]): Host | undefined {
  if (parent === window || !sites.includes(origin) || !isAround(origin)) return undefined;
  const open = signal(false);
  const opened = signal(0);
  const tell = (what: ToHost) => parent.postMessage(what, origin);
  const kept: Kept = {};
  let heard: Parameters<Host['onToken']>[0] | undefined;

  addEventListener('message', ({ origin: from, source, data }: MessageEvent<ToPanel>) => {
    if (from !== origin || source !== parent) return;
    if (data.deskbell === 'init') {
      for (const name in data.kept) kept[name] ??= data.kept[name]!;
      heard?.(data.kept[TOKEN], data.kept[IDENTITY]);
    }
    open.value = data.open;
    if (data.open && data.byHand) opened.value++;
  });

  return {
    shown: computed(() => open.value && pageShown.value),
    opened,
    shelf: hasStorage() ? browserShelf('tab') : shelfOfHost(kept, tell),
    onToken(hear) {
      heard = hear;
      tell({ deskbell: 'ready' });
    },
    keepToken: (token) => tell(keep(TOKEN, token)),
    tellUnread: (count) => tell({ deskbell: 'unread', count }),
    shut: () => tell({ deskbell: 'shut' }),
  };
}

/** The host page keeps it, for as long as its tab lives. */
function shelfOfHost(kept: Kept, tell: (what: ToHost) => void): Shelf {
  return {
    get: (name) => kept[name],
    put(name, text) {
      if (kept[name] === text) return;
      if (text === undefined) delete kept[name];
      else kept[name] = text;
      tell(keep(name, text));
    },
  };
}

function keep(name: string, text: string | undefined): ToHost {
  return text === undefined ? { deskbell: 'keep', name } : { deskbell: 'keep', name, text };
}

/** The browser's own word for the origin around us, where it has one. */
function isAround(origin: string): boolean {
  const around = (location as { ancestorOrigins?: DOMStringList }).ancestorOrigins;
  return around === undefined || around[0] === origin;
}
