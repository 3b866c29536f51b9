import type { ChatView } from '../api/generated.ts';
import { t } from '../core/i18n.ts';

const agentsOf = (view: ChatView) => view.members.filter(({ kind, present }) => kind === 'agent' && present);

/** Who answers, for the one who asks; empty while nobody does. */
export function withWhom(view: ChatView): string {
  return agentsOf(view)
    .map(({ name }) => name)
    .join(', ');
}

/** The initials to show, and whether that person is there. */
export function faceOf(view: ChatView): { name: string; online: boolean; word: string } | undefined {
  const [first] = agentsOf(view);
  if (first === undefined) return undefined;
  const { name, online } = first;
  return { name, online, word: online ? t('widget-agent-online') : t('widget-agent-offline') };
}

/** How the conversation stands, in a few words. */
export function about(view: ChatView): string {
  if (view.state === 'requested') return t('widget-about-waiting');
  if (view.state === 'closed') return t('widget-about-closed');
  return view.channel.name;
}
