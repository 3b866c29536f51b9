import type { ChatView } from '../api/types.ts';
import { lang, t } from '../core/i18n.ts';
import type { Presence } from './Avatar.tsx';
import { languageName } from './language-names.ts';

export interface Face {
  name: string;
  /** Names the picture, and the member whose it is. */
  picture?: { n: number; name: string };
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
  if (first === undefined) return undefined;
  const face = { name: first.name, ...(first.picture && { picture: { n: first.n, name: first.picture } }) };
  if (view.state === 'closed') return face;
  const word = first.online ? t('widget-agent-online') : t('widget-agent-offline');
  return { ...face, presence: first.online ? 'active' : 'offline', word };
}

/** How the conversation stands, in a few words; while it runs where it is, and the language of who answers if it is another. */
export function about(view: ChatView): string {
  if (view.state === 'requested') return t('widget-about-waiting');
  if (view.state === 'closed') return t('widget-about-closed');
  const spoken = agentsOf(view)[0]?.language;
  if (spoken === undefined || spoken.split('-')[0] === lang.value.split('-')[0]) return view.channel.name;
  return t('widget-about-agent', { channel: view.channel.name, language: languageName(spoken) });
}
