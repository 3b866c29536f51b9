import type { ChatView, MemberView } from '../api/types.ts';
import { t } from '../core/i18n.ts';

/** The customer user or visitor; among agents, the first of the others. */
export function whomOf({ members, me }: ChatView): MemberView | undefined {
  return members.find(({ kind }) => kind !== 'agent') ?? members.find(({ n }) => n !== me);
}

/** What the chat is called: `Elin Sandvik, Fjell School`. */
export function titleOf(chat: ChatView): string {
  const whom = whomOf(chat);
  if (whom === undefined) return t('agent-nobody-yet');
  return whom.company ? `${whom.name}, ${whom.company}` : whom.name;
}
