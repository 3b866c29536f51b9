/** Browser notifications: whether they may be shown, and showing one. */
import { signal } from '@preact/signals-core';

/** `undefined` where the browser never will. */
export const permission = signal(typeof Notification === 'undefined' ? undefined : Notification.permission);

/** Call it from a click: browsers refuse to ask otherwise. */
export async function askPermission(): Promise<void> {
  permission.value = await Notification.requestPermission();
}

export interface Notice {
  title: string;
  body: string;
  /** One of the same tag takes the place of the one before. */
  tag: string;
  icon: string;
  onClick?: (() => void) | undefined;
}

/** Shows it if that is allowed. False if it was not shown. */
export function showNotice({ title, onClick, ...rest }: Notice): boolean {
  if (permission.peek() !== 'granted') return false;
  try {
    const notice = new Notification(title, rest);
    notice.onclick = () => {
      window.focus();
      onClick?.();
      notice.close();
    };
    return true;
  } catch {
    // Phones allow it from a service worker only; title and icon still tell.
    return false;
  }
}
