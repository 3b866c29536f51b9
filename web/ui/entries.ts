import type { EntryWhat, MemberView } from '../api/types.ts';
import { t } from '../core/i18n.ts';

/** Whose eyes read it: an agent's, or those of a customer user or visitor. */
export type Side = 'agent' | 'external';

/** The sentence for an entry that is neither a message nor a note. */
export function sentence(what: EntryWhat, who: MemberView | undefined, mine: boolean, side: Side): string {
  const by = { name: who?.name ?? '', you: mine ? 'yes' : 'no' };
  switch (what.kind) {
    case 'requested':
      return t('chat-entry-requested', by);
    case 'accepted':
      return side === 'agent' ? t('chat-entry-accepted', by) : t('chat-entry-joined', by);
    case 'left':
      return t('chat-entry-left', by);
    case 'returned':
      if (side === 'external') return t('chat-entry-returned');
      return t('chat-entry-returned-agent', { ...by, reason: what.reason });
    case 'closed':
      return t('chat-entry-closed', { ...by, reason: who ? what.reason : `${what.reason}_system` });
    default:
      return what.text;
  }
}

export const isText = (what: EntryWhat): what is Extract<EntryWhat, { text: string }> =>
  what.kind === 'message' || what.kind === 'note';
