import type { ChatView, MemberView } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Avatar } from '../ui/Avatar.tsx';
import './chat-details.css';

/** Who takes part and as what, in which channel, and since when. */
export function ChatDetails({ chat }: { chat: ChatView }) {
  return (
    <div class="chat-details">
      <ul aria-label={t('agent-participants')}>
        {chat.members.map((member) => (
          <Member key={member.n} member={member} mine={member.n === chat.me} running={chat.state !== 'closed'} />
        ))}
      </ul>
      <dl>
        <dt>{t('agent-column-channel')}</dt>
        <dd>
          <bdi>{chat.channel.name}</bdi>
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
}

function Member({ member, mine, running }: MemberProps) {
  const here = member.present && member.online;
  const word = !member.present ? t('agent-has-left') : t(here ? 'agent-here' : 'agent-not-here');
  const role = member.role === 'external' ? t('agent-kind', { is: member.kind }) : t('agent-role', { is: member.role });
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
        {member.company && (
          <>
            {', '}
            <bdi>{member.company}</bdi>
          </>
        )}
        <small>{running ? `${role}, ${word}` : role}</small>
      </span>
    </li>
  );
}
