/** Where one is in the portal. The chat window is beside it and stays while the place changes. */
import { computed, signal } from '@preact/signals';

export type Route =
  | { at: 'home' }
  | { at: 'conversation'; chat: string }
  | { at: 'tickets'; whose: 'mine' | 'company' }
  | { at: 'ticket'; ticket: string }
  | { at: 'new-ticket' }
  | { at: 'account' };

const base = '/portal';
const address = signal(location.pathname);

export const route = computed(() => read(address.value));

export function pathTo(to: Route): string {
  switch (to.at) {
    case 'home':
      return `${base}/`;
    case 'conversation':
      return `${base}/conversations/${encodeURIComponent(to.chat)}`;
    case 'tickets':
      return to.whose === 'mine' ? `${base}/tickets` : `${base}/tickets/company`;
    case 'ticket':
      return `${base}/tickets/${encodeURIComponent(to.ticket)}`;
    case 'new-ticket':
      return `${base}/tickets/new`;
    case 'account':
      return `${base}/account`;
  }
}

export function read(path: string): Route {
  const [first, second] = path.slice(base.length).split('/').filter(Boolean);
  if (first === 'conversations' && second) return { at: 'conversation', chat: decodeURIComponent(second) };
  if (first === 'account') return { at: 'account' };
  if (first !== 'tickets') return { at: 'home' };
  if (second === undefined) return { at: 'tickets', whose: 'mine' };
  if (second === 'company') return { at: 'tickets', whose: 'company' };
  if (second === 'new') return { at: 'new-ticket' };
  return { at: 'ticket', ticket: decodeURIComponent(second) };
}

export function go(to: Route): void {
  const path = pathTo(to);
  if (path !== location.pathname) history.pushState(null, '', path);
  address.value = path;
}

addEventListener('popstate', () => {
  address.value = location.pathname;
});
