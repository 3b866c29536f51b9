/** Where one is in the agent interface. Chat windows are beside it: they stay while the place changes. */
import { computed, signal } from '@preact/signals';

/** The parts of the administration. */
export const adminParts = [
  'begin',
  'agents',
  'rights',
  'customers',
  'companies',
  'channels',
  'queues',
  'snippets',
  'letters',
  'look',
  'settings',
  'sessions',
  'log',
] as const;
export type AdminPart = (typeof adminParts)[number];

export type Route =
  | { at: 'home' }
  | { at: 'archive' }
  | { at: 'account' }
  | { at: 'search'; q: string }
  | { at: 'admin'; part: AdminPart }
  | { at: 'archived'; chat: string }
  | { at: 'customer'; customer: string }
  /** `me`: only those that one owns. */
  | { at: 'tickets'; owner?: 'me' }
  | { at: 'ticket'; ticket: string }
  /** Of a chat, or for a customer user, if one is named. */
  | { at: 'new-ticket'; chat?: string; customer?: string }
  /** One chat that has the browser window for itself. */
  | { at: 'chat'; chat: string };

const base = '/agent';
const address = signal(location.pathname);

export const route = computed(() => read(address.value));

export function pathTo(to: Route): string {
  if (to.at === 'archive') return `${base}/archive`;
  if (to.at === 'account') return `${base}/account`;
  if (to.at === 'admin') return `${base}/admin/${to.part}`;
  if (to.at === 'archived') return `${base}/archive/${encodeURIComponent(to.chat)}`;
  if (to.at === 'customer') return `${base}/customers/${encodeURIComponent(to.customer)}`;
  if (to.at === 'search') return to.q === '' ? `${base}/search` : `${base}/search/${encodeURIComponent(to.q)}`;
  if (to.at === 'tickets') return to.owner ? `${base}/tickets/of/${to.owner}` : `${base}/tickets`;
  if (to.at === 'ticket') return `${base}/tickets/${encodeURIComponent(to.ticket)}`;
  if (to.at === 'new-ticket') {
    const of = to.chat ? ['chat', to.chat] : to.customer ? ['customer', to.customer] : [];
    return [base, 'tickets', 'new', ...of.map(encodeURIComponent)].join('/');
  }
  if (to.at === 'chat') return `${base}/chat/${encodeURIComponent(to.chat)}`;
  return `${base}/`;
}

export function read(path: string): Route {
  const [first, second, third, fourth] = path.slice(base.length).split('/').filter(Boolean);
  if (first === 'admin') return { at: 'admin', part: adminParts.find((part) => part === second) ?? 'begin' };
  if (first === 'search') return { at: 'search', q: second === undefined ? '' : decodeURIComponent(second) };
  if (first === 'tickets') return readTickets(second, third, fourth);
  if (first === 'account') return { at: 'account' };
  if (first === 'chat' && second !== undefined) return { at: 'chat', chat: decodeURIComponent(second) };
  if (first === 'customers' && second !== undefined) return { at: 'customer', customer: decodeURIComponent(second) };
  if (first !== 'archive') return { at: 'home' };
  return second === undefined ? { at: 'archive' } : { at: 'archived', chat: decodeURIComponent(second) };
}

function readTickets(ticket?: string, of?: string, id?: string): Route {
  if (ticket === undefined) return { at: 'tickets' };
  if (ticket === 'of' && of === 'me') return { at: 'tickets', owner: 'me' };
  if (ticket !== 'new') return { at: 'ticket', ticket: decodeURIComponent(ticket) };
  if (id !== undefined && (of === 'chat' || of === 'customer'))
    return { at: 'new-ticket', [of]: decodeURIComponent(id) };
  return { at: 'new-ticket' };
}

/** `replace`: the place before is not one to come back to. */
export function go(to: Route, how: 'push' | 'replace' = 'push'): void {
  const path = pathTo(to);
  if (path !== location.pathname) history[`${how}State`](null, '', path);
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
