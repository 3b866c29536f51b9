/**
 * Browser notifications: whether they may be shown, showing, finding and closing them. A service worker shows them: so they
 * outlive their tab, phones allow them, and a click finds the tab that is open or opens one. Where there is none the page
 * itself does. Each goes by the chat that it is about.
 */
import { signal } from '@preact/signals-core';
import bell from '../images/bell.svg';

/** `undefined` where the browser never will. */
export const permission = signal(typeof Notification === 'undefined' ? undefined : Notification.permission);
followPermission();

/** Call it from a click: browsers refuse to ask otherwise. */
export async function askPermission(): Promise<void> {
  permission.value = await Notification.requestPermission();
}

export interface Notice {
  title: string;
  body: string;
  /** The chat. One of the same tag takes the place of the one before. */
  tag: string;
  /** Without the sound of the system. */
  silent?: boolean;
}

/** Shows it if that is allowed. False if it was not shown. */
export async function showNotice({ title, ...rest }: Notice): Promise<boolean> {
  const worker = await workerOfPage();
  if (permission.peek() !== 'granted') return false;
  try {
    // A newer one of the same chat is news too.
    const options = { ...rest, icon: bell, renotify: true };
    if (worker === undefined) showByPage(title, options);
    else await worker.showNotification(title, options);
    return true;
  } catch {
    // Phones allow it from a service worker only; title and icon still tell.
    return false;
  }
}

/** The tag of one that is shown for a try, and is about nothing. */
export const TRIED = 'try';

/** The tags of those that the browser shows. */
export async function shownNotices(): Promise<string[]> {
  const worker = await workerOfPage();
  const shown = worker === undefined ? byPage.keys() : (await worker.getNotifications()).map(({ tag }) => tag);
  return [...shown].filter((tag) => tag !== TRIED);
}

export async function closeNotice(tag: string): Promise<void> {
  const worker = await workerOfPage();
  byPage.get(tag)?.close();
  for (const notice of (await worker?.getNotifications({ tag })) ?? []) notice.close();
}

/** Hears of clicks on notifications, by their tag, in the tab that shall show it. Answers with the way to stop. */
export function onNoticeClicked(listener: (tag: string) => void): () => void {
  const hear = ({ data }: MessageEvent<{ clicked?: string }>) => {
    if (data.clicked !== undefined) listener(data.clicked);
  };
  listeners.add(listener);
  navigator.serviceWorker?.addEventListener('message', hear);
  navigator.serviceWorker?.startMessages();
  return () => {
    listeners.delete(listener);
    navigator.serviceWorker?.removeEventListener('message', hear);
  };
}

const listeners = new Set<(tag: string) => void>();
/** Those that this page shows without a worker. */
const byPage = new Map<string, Notification>();

function showByPage(title: string, options: NotificationOptions & { tag: string }): void {
  const notice = new Notification(title, options);
  byPage.set(options.tag, notice);
  notice.onclose = () => {
    if (byPage.get(options.tag) === notice) byPage.delete(options.tag);
  };
  notice.onclick = () => {
    window.focus();
    for (const tell of listeners) tell(options.tag);
    notice.close();
  };
}

let registered: Promise<ServiceWorkerRegistration | undefined> | undefined;

/** The worker that stands beside the pages of this surface; begun when notifications may be shown. */
async function workerOfPage(): Promise<ServiceWorkerRegistration | undefined> {
  if (permission.peek() !== 'granted') return undefined;
  registered ??= register();
  return registered;
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    const address = `/${location.pathname.split('/')[1]}/worker.js`;
    // The one address that the content security policy of the page lets a script be loaded from by name.
    const policy = window.trustedTypes?.createPolicy('worker', { createScriptURL: () => address });
    await navigator.serviceWorker.register(policy?.createScriptURL('') ?? address);
    return await navigator.serviceWorker.ready;
  } catch {
    return undefined; // no secure context, or the browser keeps nothing for this page
  }
}

/** Permission is given and taken outside of the page too. */
async function followPermission(): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: 'notifications' });
    status.onchange = () => {
      permission.value = Notification.permission;
    };
  } catch {
    // A browser that does not tell: it shows with the next page.
  }
}
