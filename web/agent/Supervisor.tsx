import { useEffect, useState } from 'preact/hooks';
import type { Supervisor as Seen, SupervisedChannel } from '../api/types.ts';
import type { Desk } from '../core/desk.ts';
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
