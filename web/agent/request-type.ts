import AtSign from 'lucide/dist/esm/icons/at-sign.mjs';
import Building from 'lucide/dist/esm/icons/building.mjs';
import Globe from 'lucide/dist/esm/icons/globe.mjs';
import Headset from 'lucide/dist/esm/icons/headset.mjs';
import UserRoundPlus from 'lucide/dist/esm/icons/user-round-plus.mjs';
import type { PersonKind, RequestView } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import type { IconShapes } from '../ui/Icon.tsx';

const kinds: Record<PersonKind, IconShapes> = { public_user: Globe, customer_user: Building, agent: Headset };

/** Who asks, and whether it is this agent in person who is asked: icon and words. */
export function typeOf({ is, kind }: RequestView): { icon: IconShapes; words: string } {
  if (is === 'generic') return { icon: kinds[kind], words: t('agent-kind', { is: kind }) };
  return { icon: is === 'personal' ? AtSign : UserRoundPlus, words: t('agent-type', { is }) };
}

/** An invitation tells to whose chat; otherwise the requester's company. */
export function below({ is, with: whom, company }: RequestView): string | undefined {
  if (is !== 'invitation') return company;
  return whom === undefined ? t('agent-invited-to-chat') : t('agent-invited-to', { name: whom });
}

/** What the requester says. An invitation without a note says that it is one. */
export function saidBy({ is, requester: name, with: whom, first_message }: RequestView): string {
  if (first_message || is !== 'invitation') return first_message;
  return whom === undefined ? t('agent-notice-invitation', { name }) : t('agent-invites-you', { name, whom });
}

/** The channel sorts requests from outside; a chat among agents is in none that matters. */
export const isAmongAgents = ({ is, kind }: RequestView) => is === 'personal' && kind === 'agent';
