import type { ChatView, MemberView } from '../api/types.ts';
import { t } from '../core/i18n.ts';

/** The customer user or visitor; among agents, the first of the others who is or was in, or was asked. */
export function whomOf(chat: ChatView): MemberView | undefined {
  const { members, me } = chat;
  const others = members.filter(({ n }) => n !== me);
  return members.find(({ kind }) => kind !== 'agent') ?? others.find(({ present }) => present) ?? others[0];
}

/** What the chat is called: `Elin Sandvik, Fjell School`. */
export function titleOf(chat: ChatView): string {
  const whom = whomOf(chat);
  if (whom === undefined) return t('agent-nobody-yet');
  return whom.company ? `${whom.name}, ${whom.company}` : whom.name;
}

export const isAmongAgents = ({ direction }: Pick<ChatView, 'direction'>) => direction === 'agent_to_agent';

/** Who was asked for this chat and has not answered, for the one who asks. */
export function awaited(chat: ChatView): MemberView | undefined {
  if (chat.state !== 'requested' || chat.me === undefined) return undefined;
  return chat.members.find((it) => it.n !== chat.me && !it.joined && (it.role === 'owner' || it.role === 'external'));
}

/** Where it takes place: the channel sorts chats with people from outside only. */
export const placeOf = (chat: Pick<ChatView, 'direction' | 'channel'>) =>
  isAmongAgents(chat) ? t('agent-among-agents') : chat.channel.name;

export const roleOf = (chat: ChatView) => chat.members.find(({ n }) => n === chat.me)?.role;
