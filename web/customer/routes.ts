/** Where one is in the portal. The chat window is beside it and stays while the place changes. */
import { computed, signal } from '@preact/signals';

export type Route = { at: 'home' } | { at: 'conversation'; chat: string };

const base = '/portal';
const address = signal(location.pathname);

export const route = computed(() => read(address.value));

export function pathTo(to: Route): string {
  return to.at === 'home' ? `${base}/` : `${base}/conversations/${encodeURIComponent(to.chat)}`;
}

export function read(path: string): Route {
  const [first, second] = path.slice(base.length).split('/').filter(Boolean);
  return first === 'conversations' && second
    ? { at: 'conversation', chat: decodeURIComponent(second) }
    : { at: 'home' };
}

export function go(to: Route): void {
  const path = pathTo(to);
  if (path !== location.pathname) history.pushState(null, '', path);
  address.value = path;
}

addEventListener('popstate', () => {
  address.value = location.pathname;
});
