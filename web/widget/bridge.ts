/**
 * What the loader on the host page and the panel in its frame say to each other with `postMessage`. Both sides check
 * origin and source, and neither speaks before the panel has said `ready`.
 */

/** From the host page to the panel. */
export type ToPanel =
  /** The answer to `ready`, and again when another tab of the site has started a chat. */
  | { deskbell: 'init'; kept: Kept; open: boolean; byHand: boolean }
  /** The panel was opened or shut. Opened by hand, it takes the focus. */
  | { deskbell: 'open'; open: boolean; byHand: boolean };

/** From the panel to the host page. */
export type ToHost =
  | { deskbell: 'ready' }
  /** Keep a text for the next page of the site; without `text` forget it. */
  | { deskbell: 'keep'; name: string; text?: string }
  | { deskbell: 'unread'; count: number }
  | { deskbell: 'shut' };

/** What the host page keeps for the panel, by name. Nothing before the visitor has started a chat. */
export type Kept = Record<string, string>;

/** The one name that all tabs of the site share and that outlives them: the visitor's token. */
export const TOKEN = 'token';
/** Stands in the token's place for who is known by his identity and has a chat: his token is made anew on every page. */
export const IDENTIFIED = '.';
/** By which the page proves who is signed in there; the loader adds it to what is kept. */
export const IDENTITY = 'identity';
