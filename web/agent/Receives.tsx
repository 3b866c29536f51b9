import type { Me } from '../api/types.ts';
import { lang, t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import './receives.css';

interface ReceivesProps {
  me: Me;
  onTakeChats: () => void;
  onChannels: () => void;
}

/** What will reach this agent as he has set things, in one plain sentence, and the way to change it. */
export function Receives({ me, onTakeChats, onChannels }: ReceivesProps) {
  const channels = (me.channels ?? []).filter(({ selected }) => selected).map(({ channel }) => channel.name);
  const open = me.availability === 'internal_and_external';
  const list = new Intl.ListFormat(lang.value, { type: 'conjunction' }).format(channels);
  const what = !open ? (me.availability ?? 'unavailable') : channels.length === 0 ? 'no_channels' : 'channels';
  return (
    <p class="receives">
      <span>{t('agent-receives', { what, channels: list })}</span>{' '}
      {open ? (
        <Button kind="link" onClick={onChannels}>
          {channels.length === 0 ? t('agent-choose-channels') : t('agent-my-channels')}
        </Button>
      ) : (
        <Button kind="link" onClick={onTakeChats}>
          {t('agent-take-chats')}
        </Button>
      )}
    </p>
  );
}
