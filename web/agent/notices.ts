/** Title, icon and browser notifications: how the page says that somebody waits while one looks elsewhere. */
import { effect, signal } from '@preact/signals';
import type { ChatSummary, RequestView } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import bell from '../images/bell.svg';
import bellWaiting from '../images/bell-waiting.svg';
import { route } from './routes.ts';
import type { Windows } from './windows.ts';

/** Whether notifications may be shown; `undefined` where the browser never will. */
export const permission = signal(typeof Notification === 'undefined' ? undefined : Notification.permission);

/** Call it from a click: browsers refuse to ask otherwise. */
export async function askPermission(): Promise<void> {
  permission.value = await Notification.requestPermission();
}

/** Keeps title and icon up to date, and notifies of what is new. Answers with the way to stop. */
export function keepNoticed(desk: Desk, windows: Windows): () => void {
  const stops = [
    effect(() => {
      const count = desk.waiting.value.length + desk.unread.value;
      const place = t(route.value.at === 'home' ? 'agent-home' : 'agent-archive');
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

function tellOfRequests(desk: Desk): () => void {
  let known: Set<string> | undefined;
  return effect(() => {
    if (!desk.ready.value) return;
    const waiting = desk.waiting.value;
    const before = known;
    known = new Set(waiting.map(({ chat }) => chat));
    // Whoever takes no chats is not told of them.
    if (before === undefined || desk.me.value.availability !== 'internal_and_external') return;
    for (const request of waiting)
      if (!before.has(request.chat)) notify(desk, titleOf(request), request.first_message, request.chat);
  });
}

const titleOf = ({ requester, channel }: RequestView) =>
  t('agent-notice-request', { name: requester, channel: channel.name });

function tellOfMessages(desk: Desk, windows: Windows): () => void {
  let known: Map<string, number> | undefined;
  return effect(() => {
    if (!desk.ready.value) return;
    const chats = desk.chats.value;
    const before = known;
    known = new Map(chats.map((chat) => [chat.id, chat.unread]));
    if (before === undefined) return;
    for (const chat of chats) {
      const unread = known.get(chat.id)!;
      if (unread <= (before.get(chat.id) ?? unread)) continue;
      notify(desk, nameOf(chat), chat.last_text ?? '', chat.id, () => windows.show(chat.id));
    }
  });
}

const nameOf = (chat: ChatSummary) => t('agent-notice-message', { name: chat.with ?? chat.channel.name });

/** One tab of a browser does it for all, and nobody is told of what he is looking at. */
function notify(desk: Desk, title: string, body: string, chat: string, onClick?: () => void): void {
  if (permission.peek() !== 'granted' || !desk.leads || document.hasFocus()) return;
  try {
    const notice = new Notification(title, { body, tag: chat, icon: bell });
    notice.onclick = () => {
      window.focus();
      onClick?.();
      notice.close();
    };
  } catch {
    // Phones allow it from a service worker only; title and icon still tell.
  }
}

function setIcon(href: string): void {
  document.querySelector('link[rel="icon"]')?.setAttribute('href', href);
}
