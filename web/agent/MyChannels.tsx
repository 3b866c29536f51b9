import { useState } from 'preact/hooks';
import type { MyChannel } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { SaveDialog } from './SaveDialog.tsx';
import { useSave } from './use-save.ts';
import './my-channels.css';

interface MyChannelsProps {
  channels: readonly MyChannel[];
  /** Answers with what went wrong, if anything. */
  onSave: (channels: string[]) => Promise<string | undefined>;
  onClose: () => void;
}

/** My Chat Channels. */
export function MyChannels({ channels, onSave, onClose }: MyChannelsProps) {
  const [chosen, setChosen] = useState(
    new Set(channels.filter(({ selected }) => selected).map(({ channel }) => channel.id)),
  );
  const { busy, problem, save } = useSave(onClose);

  function tick(id: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  }

  return (
    <SaveDialog
      title={t('agent-my-channels')}
      busy={busy}
      problem={problem}
      onSave={() => void save(onSave([...chosen]))}
      onClose={onClose}
    >
      <fieldset class="my-channels">
        <legend>{t('agent-my-channels-why')}</legend>
        {channels.length === 0 && <p>{t('agent-no-channels-offered')}</p>}
        {channels.map(({ channel }) => (
          <label key={channel.id}>
            <input
              type="checkbox"
              checked={chosen.has(channel.id)}
              onChange={(event) => tick(channel.id, event.currentTarget.checked)}
            />
            <bdi>{channel.name}</bdi>
          </label>
        ))}
      </fieldset>
    </SaveDialog>
  );
}
