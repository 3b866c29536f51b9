import type { ComponentChildren } from 'preact';
import type { EntryWhat, MemberView } from '../api/types.ts';
import { t } from '../core/i18n.ts';

/** Whose eyes read a history: how entries read for them, and what it takes that they have seen it. */
export interface Side {
  /** The sentence for an entry that is neither a message nor a note. */
  sentence: (what: EntryWhat, who: MemberView | undefined, mine: boolean, members: readonly MemberView[]) => string;
  /** The same to look at, where there is more to it than a sentence. */
  event?: (...of: Parameters<Side['sentence']>) => ComponentChildren;
  /** The word under his own message that the other side has read. */
  seen: string;
  /** He has many windows, and looks at the one with the keyboard. */
  manyWindows?: boolean;
}

/** Customer users and visitors. What is for agents only never comes here. */
export const external: Side = {
  seen: 'widget-seen',
  sentence(what, who, mine) {
    const by = namesOf(who, mine);
    switch (what.kind) {
      case 'accepted':
        return t('chat-entry-joined', by);
      case 'returned':
        return t('chat-entry-returned');
      case 'moved':
        return t('chat-entry-moved', { channel: what.channel.name });
      case 'closed':
        return closed(what, who, mine);
      case 'redaction':
        return t('chat-entry-redacted');
      default:
        return isText(what) ? what.text : t(`chat-entry-${what.kind}`, { ...(what as object), ...by });
    }
  },
};

export const namesOf = (who: MemberView | undefined, mine: boolean) => ({
  name: who?.name ?? '',
  you: mine ? 'yes' : 'no',
});

export const closed = ({ reason }: { reason: string }, who: MemberView | undefined, mine: boolean) =>
  t('chat-entry-closed', { ...namesOf(who, mine), reason: who ? reason : `${reason}_system` });

export const isText = (what: EntryWhat): what is Extract<EntryWhat, { kind: 'message' | 'note' }> =>
  what.kind === 'message' || what.kind === 'note';
