import { h } from 'preact';
import type { MemberView } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { closed, isText, namesOf, type Side } from '../ui/entries.ts';
import { linkTo } from './foreign-desk.ts';

/** Agents read who did what in which role. */
export const agents: Side = {
  seen: 'agent-seen',
  manyWindows: true,
  event(what, ...of) {
    const sentence = agents.sentence(what, ...of);
    const href = what.kind === 'attached' && what.there ? linkTo(what.there) : undefined;
    return href === undefined ? sentence : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, sentence);
  },
  sentence(what, who, mine, members) {
    const by = namesOf(who, mine);
    switch (what.kind) {
      case 'requested':
      case 'accepted':
        return t(`chat-entry-${what.kind}`, by);
      case 'invited': {
        const invited = t('agent-entry-invited', { ...by, whom: what.whom, role: what.role });
        return what.note ? t('agent-entry-with-note', { what: invited, note: what.note }) : invited;
      }
      case 'joined':
      case 'left':
        return t(`agent-entry-${what.kind}`, { ...by, role: what.role });
      case 'role_changed':
        return t('agent-entry-role-changed', { ...by, role: what.to });
      case 'moved':
        return t('agent-entry-moved', { ...by, channel: what.channel.name });
      case 'invitation_declined':
        return t('agent-entry-invitation-declined', by);
      case 'redacted':
        return t('agent-entry-redacted', { ...by, by: what.by ?? '', at: moment(what.at) });
      case 'redaction':
        return t('agent-entry-redaction', { by: what.by ?? '' });
      case 'attached':
        return t('agent-entry-attached', { ...by, number: what.number });
      case 'mailing':
        return t('agent-entry-mailing', { ...by, self: by.name === what.whom ? 'yes' : 'no', whom: what.whom });
      case 'missed':
        return t('agent-entry-missed', { whom: what.whom });
      case 'mailed': {
        if (what.outcome === 'seen') return t('agent-entry-not-mailed');
        const told = t('chat-entry-mailed', { outcome: what.outcome });
        return what.why ? t('agent-entry-with-note', { what: told, note: what.why }) : told;
      }
      case 'returned':
        return t('chat-entry-returned-agent', { ...by, reason: what.reason });
      case 'closed':
        return what.reason === 'expired' && neverCame(members)
          ? t('agent-entry-not-answered')
          : closed(what, who, mine);
      default:
        return isText(what) ? what.text : '';
    }
  },
};

/** The one who was asked for this chat has never come into it. */
const neverCame = (members: readonly MemberView[]) =>
  members.some((it) => !it.joined && (it.role === 'owner' || it.role === 'external'));
