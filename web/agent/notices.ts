/** Title, icon and browser notifications: how the page says that somebody waits while one looks elsewhere. */
import { effect } from '@preact/signals';
import type { ChatView, EntryView, MemberView, RequestView } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { type Notice, showNotice } from '../core/notify.ts';
import bell from '../images/bell.svg';
import bellWaiting from '../images/bell-waiting.svg';
import { isText } from '../ui/entries.ts';
import { keyOf } from './held.ts';
import { roleOf } from './members.ts';
import { type Route, route } from './routes.ts';
import type { Windows } from './windows.ts';

const READ_AT_ONCE_MS = 700;

/** Keeps title and icon up to date, and notifies of what is new. Answers with the way to stop. */
export function keepNoticed(desk: Desk, windows: Windows): () => void {
  const stops = [
    effect(() => {
      const count = desk.waiting.value.length + desk.unread.value;
      const place = nameOf(route.value, desk);
      document.title = `${count > 0 ? `(${count}) ` : ''}${place} · ${t('common-product')}`;
      setIcon(count > 0 ? bellWaiting : bell);
    }),
    tellOfRequests(desk),
    tellOfMessages(desk, windows),
  ];
  return () => {
    for (const stop of stops) stop();
    document.title = t('common-product');
    setIcon(bell);
  };
}

function nameOf(place: Route, desk: Desk): string {
  if (place.at === 'home') return t('agent-home');
  if (place.at !== 'chat') return t('agent-archive');
  return desk.chats.value.find(({ id }) => id === place.chat)?.with ?? t('agent-chats');
}

/** Shows what a notification looks like. False if the browser did not show it. */
export function testNotice(): boolean {
  return showNotice({
    title: t('agent-notice-test'),
    body: t('agent-notice-test-body'),
    tag: 'test',
    icon: bell,
  });
}

function tellOfRequests(desk: Desk): () => void {
  let known: Set<string> | undefined;
  return effect(() => {
    if (!desk.ready.value) return;
    const waiting = desk.waiting.value;
    const before = known;
    // Once told is told, even if the list was without it for a moment.
    known = new Set([...(known ?? []), ...waiting.map(waitOf)]);
    if (before === undefined) return;
    for (const request of waiting)
      if (!before.has(waitOf(request)) && isToldOf(request, desk)) tellOfRequest(desk, request);
  });
}

/** One wait of a request: a chat that was handed back waits anew. */
const waitOf = (request: RequestView) => `${keyOf(request)} ${request.waiting_since}`;

/** Whoever takes no chats is not told of them; of what is meant for him in person he is, if he can follow it. */
function isToldOf({ is, can_accept }: RequestView, desk: Desk): boolean {
  return is === 'generic' ? desk.me.peek().availability === 'internal_and_external' : can_accept;
}

function tellOfRequest(desk: Desk, request: RequestView): void {
  const { is, requester: name, channel, first_message, with: whom } = request;
  const title =
    is === 'generic' ? t('agent-notice-request', { name, channel: channel.name }) : t(`agent-notice-${is}`, { name });
  tell(desk, { title, body: first_message || (whom ?? ''), tag: keyOf(request) });
}

function tellOfMessages(desk: Desk, windows: Windows): () => void {
  const heads = new Map<string, number>();
  return effect(() => {
    if (!desk.ready.value) return;
    for (const { id, state } of desk.chats.value) {
      const store = desk.find(id);
      const view = store?.view.value;
      if (state === 'closed' || store === undefined || view === undefined) continue;
      const entries = store.entries.value;
      const before = heads.get(id);
      heads.set(id, entries.at(-1)?.seq ?? 0);
      const news = entries.findLast((entry) => before !== undefined && entry.seq > before && isNews(entry, view));
      if (news === undefined || !isText(news.what)) continue;
      const title = t('agent-notice-message', { name: writerOf(news, view)?.name ?? '' });
      const notice = { title, body: news.what.text, tag: id, onClick: () => windows.show(id) };
      // Who reads it at once, in a window of its own or on another device, knows already.
      setTimeout(() => store.unread.peek() > 0 && tell(desk, notice), READ_AT_ONCE_MS);
    }
  });
}

const writerOf = ({ who }: EntryView, { members }: ChatView): MemberView | undefined =>
  members.find(({ n }) => n === who);

/** Whether this agent wants to be told of an entry: never of his own ones, and never while he only observes. */
export function isNews(entry: EntryView, view: ChatView): boolean {
  if (!isText(entry.what) || entry.who === undefined || entry.who === view.me) return false;
  const role = roleOf(view);
  if (role === undefined || role === 'observer' || view.notify === 'off') return false;
  return view.notify !== 'customer' || writerOf(entry, view)?.kind !== 'agent';
}

/** One tab of a browser does it for all, and nobody is told of what he is looking at. */
function tell(desk: Desk, notice: Omit<Notice, 'icon'>): void {
  if (desk.leads && !document.hasFocus()) showNotice({ ...notice, icon: bell });
}

function setIcon(href: string): void {
  document.querySelector('link[rel="icon"]')?.setAttribute('href', href);
}
