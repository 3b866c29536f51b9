/** Where one is in the agent interface. Chat windows are beside it: they stay while the place changes. */
import { computed, signal } from '@preact/signals';

export type Route =
  | { at: 'home' }
  | { at: 'archive' }
  | { at: 'archived'; chat: string }
  | { at: 'customer'; customer: string }
  /** One chat that has the browser window for itself. */
  | { at: 'chat'; chat: string };

const base = '/agent';
const address = signal(location.pathname);

export const route = computed(() => read(address.value));

export function pathTo(to: Route): string {
  if (to.at === 'archive') return `${base}/archive`;
  if (to.at === 'archived') return `${base}/archive/${encodeURIComponent(to.chat)}`;
  if (to.at === 'customer') return `${base}/customers/${encodeURIComponent(to.customer)}`;
  if (to.at === 'chat') return `${base}/chat/${encodeURIComponent(to.chat)}`;
  return `${base}/`;
}

export function read(path: string): Route {
  const [first, second] = path.slice(base.length).split('/').filter(Boolean);
  if (first === 'chat' && second !== undefined) return { at: 'chat', chat: decodeURIComponent(second) };
  if (first === 'customers' && second !== undefined) return { at: 'customer', customer: decodeURIComponent(second) };
  if (first !== 'archive') return { at: 'home' };
  return second === undefined ? { at: 'archive' } : { at: 'archived', chat: decodeURIComponent(second) };
}

export function go(to: Route): void {
  const path = pathTo(to);
  if (path !== location.pathname) history.pushState(null, '', path);
  address.value = path;
}

/** A small browser window with one chat; it can be used beside this one. False if the browser did not open it. */
export function openOwnWindow(chat: string): boolean {
  const opened = window.open(pathTo({ at: 'chat', chat }), `deskbell-chat-${chat}`, 'popup,width=420,height=680');
  opened?.focus();
  return opened !== null;
}

addEventListener('popstate', () => {
  address.value = location.pathname;
});
