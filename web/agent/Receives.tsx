import type { Me } from '../api/types.ts';
import { lang, t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import './receives.css';

interface ReceivesProps {
  me: Me;
  onTakeChats: () => void;
  onChannels: () => void;
  /** Whether the browser may tell of it; `undefined` where it never will. */
  permission: NotificationPermission | undefined;
  onNotices: () => void;
}

/** What will reach this agent as things are set, in one plain sentence, and the way to change it. */
export function Receives({ me, onTakeChats, onChannels, permission, onNotices }: ReceivesProps) {
  const channels = (me.channels ?? []).filter(({ selected }) => selected).map(({ channel }) => channel.name);
  const list = new Intl.ListFormat(lang.value, { type: 'conjunction' }).format(channels);
  const { what, who } = wordsFor(me);
  const limit = me.receives?.limit;
  const silent = permission === 'denied' || permission === 'default';
  return (
    <p class="receives">
      <span>{t('agent-receives', { what, who, channels: list })}</span>{' '}
      {(limit === 'unavailable' || limit === 'internal') && (
        <Button kind="link" onClick={onTakeChats}>
          {t('agent-take-chats')}
        </Button>
      )}
      {(limit === undefined || limit === 'no_channels') && (
        <Button kind="link" onClick={onChannels}>
          {limit === 'no_channels' ? t('agent-choose-channels') : t('agent-my-channels')}
        </Button>
      )}
      {silent && limit !== 'unavailable' && limit !== 'chat_off' && (
        <span class="receives-silent">
          {t('agent-not-told', { is: permission })}{' '}
          <Button kind="link" onClick={onNotices}>
            {t('agent-notices')}
          </Button>
        </span>
      )}
    </p>
  );
}

/** Which sentence of the catalogue it is. */
export function wordsFor({ receives }: Pick<Me, 'receives'>): { what: string; who: string } {
  const { colleagues, customers, visitors, limit } = receives ?? {
    ...{ colleagues: false, customers: false, visitors: false, limit: 'unavailable' as const },
  };
  const who = customers === visitors ? 'both' : customers ? 'customers' : 'visitors';
  const nothing = (what: string) => (colleagues ? what : `${what}_nothing`);
  if (limit === 'chat_off' || limit === 'unavailable') return { what: limit, who };
  if (limit !== undefined) return { what: nothing(limit), who };
  if (!customers && !visitors) return { what: nothing('closed'), who };
  return { what: colleagues ? 'channels' : 'channels_only', who };
}
