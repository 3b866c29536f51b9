import { useId } from 'preact/hooks';
import type { ChannelRef } from '../api/types.ts';
import type { Asked } from '../core/archive-search.ts';
import { t } from '../core/i18n.ts';
import { SearchField } from '../ui/SearchField.tsx';
import './archive-search-bar.css';

interface ArchiveSearchBarProps {
  asked: Asked;
  /** Those to choose from; with none there is no choice. */
  channels: readonly ChannelRef[];
  onAsk: (change: Partial<Asked>) => void;
}

/** What is looked for in the archive: words, a channel, days. */
export function ArchiveSearchBar({ asked, channels, onAsk }: ArchiveSearchBarProps) {
  const id = useId();
  return (
    <search class="archive-search">
      <SearchField label={t('agent-archive-search')} value={asked.q} maxLength={200} onSearch={(q) => onAsk({ q })} />
      {channels.length > 0 && (
        <label class="archive-choice">
          <span>{t('agent-archive-channel')}</span>
          <select
            class="select"
            value={asked.channel}
            onChange={(event) => onAsk({ channel: event.currentTarget.value })}
          >
            <option value="">{t('agent-archive-all-channels')}</option>
            {channels.map((channel) => (
              <option key={channel.id} value={channel.id}>
                {channel.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {(['from', 'to'] as const).map((end) => (
        <label key={end} class="archive-choice" for={`${id}-${end}`}>
          <span>{t('agent-archive-day', { end })}</span>
          <input
            type="date"
            id={`${id}-${end}`}
            class="select"
            value={asked[end]}
            onChange={(event) => onAsk({ [end]: event.currentTarget.value })}
          />
        </label>
      ))}
    </search>
  );
}
