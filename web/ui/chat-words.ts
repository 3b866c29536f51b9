import type { ChatView } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import type { Presence } from './Avatar.tsx';

export interface Face {
  name: string;
  presence?: Presence;
  word?: string;
}

const agentsOf = (view: ChatView) => view.members.filter(({ kind, present }) => kind === 'agent' && present);

/** Who answers, for the one who asks; empty while nobody does. */
export function withWhom(view: ChatView): string {
  return agentsOf(view)
    .map(({ name }) => name)
    .join(', ');
}

/** The initials to show, and while the conversation runs whether that person is there. */
export function faceOf(view: ChatView): Face | undefined {
  const [first] = agentsOf(view);
  if (first === undefined || view.state === 'closed') return first && { name: first.name };
  const word = first.online ? t('widget-agent-online') : t('widget-agent-offline');
  return { name: first.name, presence: first.online ? 'active' : 'offline', word };
}

/** How the conversation stands, in a few words. */
export function about(view: ChatView): string {
  if (view.state === 'requested') return t('widget-about-waiting');
  if (view.state === 'closed') return t('widget-about-closed');
  return view.channel.name;
}
