import type { ChatView, MemberView } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Link } from './Link.tsx';
import { awaited, placeOf } from './members.ts';
import './chat-details.css';

/** Who takes part and as what, who was asked to, in which channel, and since when. */
export function ChatDetails({ chat }: { chat: ChatView }) {
  const waits = awaited(chat);
  const external = chat.members.find(({ kind }) => kind !== 'agent');
  return (
    <div class="chat-details">
      <ul aria-label={t('agent-participants')}>
        {chat.members
          .filter((it) => it.joined || it.invited || it === waits)
          .map((member) => (
            <Member
              key={member.n}
              member={member}
              mine={member.n === chat.me}
              running={chat.state !== 'closed'}
              asked={member === waits || (!member.present && member.invited !== undefined)}
            />
          ))}
      </ul>
      <dl>
        {external && (
          <>
            <dt>{t('agent-customer')}</dt>
            <dd>
              {external.person === undefined ? (
                <bdi>{external.name}</bdi>
              ) : (
                <Link to={{ at: 'customer', customer: external.person }} class="chat-details-link">
                  <bdi>{external.name}</bdi>
                </Link>
              )}
            </dd>
          </>
        )}
        {external?.company && (
          <>
            <dt>{t('agent-company')}</dt>
            <dd>
              <bdi>{external.company}</bdi>
            </dd>
          </>
        )}
        {external?.identity && (
          <>
            <dt>{t('agent-signed-in-as')}</dt>
            <dd>
              <bdi>{external.identity.subject}</bdi>
            </dd>
          </>
        )}
        {external?.identity?.email && (
          <>
            <dt>{t('agent-email')}</dt>
            <dd>
              <bdi>{external.identity.email}</bdi>
            </dd>
          </>
        )}
        {chat.ticket && (
          <>
            <dt>{t('agent-ticket')}</dt>
            <dd>
              <Link to={{ at: 'ticket', ticket: chat.ticket.id }} class="chat-details-link num">
                {chat.ticket.number}
              </Link>
            </dd>
          </>
        )}
        <dt>{t('agent-column-channel')}</dt>
        <dd>
          <bdi>{placeOf(chat)}</bdi>
        </dd>
        <dt>{t('agent-created')}</dt>
        <dd>{moment(chat.created_at)}</dd>
      </dl>
    </div>
  );
}

interface MemberProps {
  member: MemberView;
  mine: boolean;
  /** Whether it matters who is there. */
  running: boolean;
  /** Has not answered yet. */
  asked: boolean;
}

function Member({ member, mine, running, asked }: MemberProps) {
  const here = (member.present || asked) && member.online;
  const left = !member.present && !asked;
  const word = left ? t('agent-has-left') : t(here ? 'agent-here' : 'agent-not-here');
  const role = member.role === 'external' ? t('agent-kind', { is: member.kind }) : t('agent-role', { is: member.role });
  const below = asked ? t('agent-asked-as', { role: member.invited ?? 'other' }) : running ? `${role}, ${word}` : role;
  return (
    <li>
      <Avatar
        name={member.name}
        size="small"
        presence={running ? (here ? 'active' : 'offline') : undefined}
        word={word}
      />
      <span>
        <bdi>{member.name}</bdi>
        {mine && ` (${t('chat-you')})`}
        <small>{below}</small>
      </span>
      {asked && <Badge>{t('agent-asked')}</Badge>}
    </li>
  );
}
