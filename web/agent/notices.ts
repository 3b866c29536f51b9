/** What waits for an agent, in his words, and what is on his screen. */
import { effect } from '@preact/signals';
import type { RequestView } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { serviceName } from '../core/look.ts';
import { keepTold, messagesIn, showCount } from '../core/notices.ts';
import { showNotice, TRIED } from '../core/notify.ts';
import type { Matter } from '../core/planner.ts';
import { ring, wantsSound } from '../core/sound.ts';
import { say } from '../ui/Toasts.tsx';
import { type Route, route } from './routes.ts';
import type { Windows } from './windows.ts';

/** Keeps title and icon up to date, and tells of what is new. Answers with the way to stop. */
export function keepNoticed(desk: Desk, windows: Windows, show: (chat: string) => void): () => void {
  const matters = () => [...requestsIn(desk), ...messagesIn(desk)];
  const said = new Map<string, () => void>();
  const stops = [
    // What waits no longer needs no room on the screen.
    effect(() => {
      const still = new Set(matters().map(named));
      for (const [name, takeBack] of said) {
        if (still.has(name)) continue;
        takeBack();
        said.delete(name);
      }
    }),
    effect(() => {
      const count = desk.waiting.value.length + desk.unread.value;
      showCount(count, `${nameOf(route.value, desk)} · ${serviceName() ?? t('common-product')}`);
    }),
    keepTold({
      home: desk,
      matters,
      onScreen: () => onScreen(desk, windows),
      onClick: show,
      onNews: (matter) => said.set(named(matter), say(matter.title)),
      sound: wantsSound,
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    showCount(0, serviceName() ?? t('common-product'));
  };
}

const named = ({ is, chat }: Pick<Matter, 'is' | 'chat'>) => `${is} ${chat}`;

export interface Tried {
  shown: boolean;
  /** Absent if the bell is not wanted. */
  rang: boolean | undefined;
}

/** Shows a notification and rings, and says what the browser let happen. */
export async function tryNotices(): Promise<Tried> {
  const rang = wantsSound() ? await ring() : undefined;
  const shown = await showNotice({
    title: t('agent-notice-test'),
    body: t('agent-notice-test-body'),
    tag: TRIED,
    silent: rang === true,
  });
  return { shown, rang };
}

function nameOf(place: Route, desk: Desk): string {
  if (place.at === 'home') return t('agent-home');
  if (place.at !== 'chat') return t('agent-archive');
  return desk.chats.value.find(({ id }) => id === place.chat)?.with ?? t('agent-chats');
}

function requestsIn(desk: Desk): Matter[] {
  return desk.waiting.value.filter((request) => isToldOf(request, desk)).map(matterOf);
}

/** Whoever takes no chats is not told of them; of what is meant for him in person he is, if he can follow it. */
function isToldOf({ is, can_accept }: RequestView, desk: Desk): boolean {
  return is === 'generic' ? desk.me.value.availability === 'internal_and_external' : can_accept;
}

function matterOf({ is, chat, waiting_since: at, requester: name, channel, first_message, with: whom }: RequestView) {
  const title =
    is === 'generic' ? t('agent-notice-request', { name, channel: channel.name }) : t(`agent-notice-${is}`, { name });
  return { is, chat, at, title, body: first_message || (whom ?? '') };
}

/** Windows that are open, and, where the request list is the page, what waits in it. */
function onScreen(desk: Desk, windows: Windows): string[] {
  const place = route.value;
  if (place.at === 'chat') return [place.chat];
  const open = windows.list.value.flatMap(({ chat, open }) => (open ? [chat] : []));
  return place.at === 'home' ? [...open, ...desk.waiting.value.map(({ chat }) => chat)] : open;
}
