import { useId } from 'preact/hooks';
import type { OfferedChannel } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import '../ui/field.css';
import './channel-select.css';

interface ChannelSelectProps {
  label: string;
  channels: readonly OfferedChannel[];
  chosen: string;
  onChoose: (channel: string) => void;
  /** Whoever waits must not be sent where nobody is. */
  onlyAvailable?: boolean;
  autofocus?: boolean;
}

/** A channel to move a chat to. Where nobody is it says so. */
export function ChannelSelect({
  label,
  channels,
  chosen,
  onChoose,
  onlyAvailable = false,
  autofocus = false,
}: ChannelSelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="select"
        autofocus={autofocus}
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {channels.map(({ channel, available }) => (
          <option key={channel.id} value={channel.id} disabled={onlyAvailable && !available}>
            {available ? channel.name : t('agent-channel-nobody', { channel: channel.name })}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The first one that can be taken. */
export const firstOf = (channels: readonly OfferedChannel[]) =>
  (channels.find(({ available }) => available) ?? channels[0])?.channel.id ?? '';
