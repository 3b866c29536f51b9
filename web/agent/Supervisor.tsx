import { useEffect, useState } from 'preact/hooks';
import type { ChannelDay, Supervisor as Seen, SupervisedChannel } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
import { number, waited as spelled } from '../core/format.ts';
import { lang, t } from '../core/i18n.ts';
import { Badge } from '../ui/Badge.tsx';
import { WaitingTime } from '../ui/WaitingTime.tsx';
import { keepLooking } from './look-again.ts';
import './supervisor.css';

/** What goes on in the channels the agent is owner of; looked at again whenever his desk changes. */
export function SupervisorWidget({ desk }: { desk: Desk }) {
  const [seen, setSeen] = useState<Seen>();
  useEffect(
    () =>
      keepLooking(
        desk,
        () => desk.supervisor(),
        (seen) => seen.channels && setSeen(seen),
      ),
    [desk],
  );
  if (seen === undefined || seen.channels.length === 0) return null;
  return <Supervisor channels={seen.channels} />;
}

export function Supervisor({ channels }: { channels: readonly SupervisedChannel[] }) {
  return (
    <section class="card" aria-labelledby="supervisor">
      <div class="card-head">
        <h2 id="supervisor">{t('agent-supervisor')}</h2>
      </div>
      <ul class="supervised-list">
        {channels.map((it) => (
          <li key={it.channel.id} class="supervised">
            <h3>
              <bdi>{it.channel.name}</bdi>
            </h3>
            <Day {...it.day} />
            <div class="supervised-waiting">
              <Badge kind={it.waiting > 0 ? 'lamp-soft' : 'count'}>
                {t('agent-supervisor-waiting', { count: it.waiting })}
              </Badge>
              {it.longest_since !== undefined && <WaitingTime since={it.longest_since} target_s={it.reply_target_s} />}
            </div>
            <span class="supervised-agents">
              <span class={`presence presence-${it.agents_available > 0 ? 'active' : 'offline'}`} />
              {t('agent-supervisor-available', { count: it.agents_available })}
            </span>
            <Running {...it} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many chats were accepted, how soon, and when. */
function Day({ accepted, waited_ms: waited, hours }: ChannelDay) {
  const most = Math.max(1, ...hours);
  return (
    <div class="supervised-day">
      <p>
        <strong class="num">{number(accepted)}</strong> {t('agent-day-chats', { count: accepted })}
        {waited !== undefined && <small>{t('agent-day-wait', { time: spelled(0, waited) })}</small>}
      </p>
      {accepted > 0 && (
        <div class="supervised-hours" role="img" aria-label={t('agent-day-hours', { list: hours.join(', ') })}>
          {hours.map((count, hour) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
              key={hour}
              style={{ '--part': `${(100 * count) / most}%` }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function Running({ running, running_count: count }: SupervisedChannel) {
  const title = t('agent-supervisor-running', { count });
  if (count === 0) return <span class="supervised-none">{title}</span>;
  const list = new Intl.ListFormat(lang.value, { type: 'conjunction' });
  return (
    <details class="supervised-running">
      <summary>{title}</summary>
      <ul>
        {running.map((chat) => (
          <li key={chat.chat}>
            <bdi>
              {t('agent-supervisor-chat', {
                name: chat.with ?? t('agent-nobody-yet'),
                agents: chat.agents.length > 0 ? list.format(chat.agents) : t('agent-nobody-yet'),
              })}
            </bdi>
          </li>
        ))}
        {count > running.length && <li>{t('agent-supervisor-more', { count: count - running.length })}</li>}
      </ul>
    </details>
  );
}
