/**
 * Shows the notifications of a surface and answers to clicks on them. It takes no requests and keeps nothing: pages come from
 * the server as if it were not there. A notification's tag is the chat that it is about.
 */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.tag));
});

/** In the window that the chat has for itself, else in the tab that was used last, else in a new one. */
async function show(chat: string): Promise<void> {
  const { scope } = self.registration;
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const isOwn = ({ url }: Client) => url.startsWith(`${scope}chat/`);
  const tab =
    tabs.find(({ url }) => url === `${scope}chat/${chat}`) ?? tabs.find((it) => it.url.startsWith(scope) && !isOwn(it));
  if (tab === undefined) {
    await self.clients.openWindow(`${scope}?show=${chat}`);
    return;
  }
  tab.postMessage({ clicked: chat });
  await tab.focus();
}

export {};
