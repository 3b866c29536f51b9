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
          <Member key={member.n} member={member} mine={member.n === chat.me} />
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

function Member({ member, mine }: { member: MemberView; mine: boolean }) {
  const word = !member.present ? t('agent-has-left') : t(member.online ? 'agent-here' : 'agent-not-here');
  const role = member.role === 'external' ? t('agent-kind', { is: member.kind }) : t('agent-role', { is: member.role });
  return (
    <li>
      <Avatar
        name={member.name}
        size="small"
        presence={member.present && member.online ? 'active' : 'offline'}
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
        <small>
          {role}, {word}
        </small>
      </span>
    </li>
  );
}
