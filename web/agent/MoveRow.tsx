import { useState } from 'preact/hooks';
import type { OfferedChannel } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { ChannelSelect, firstOf } from './ChannelSelect.tsx';

interface MoveRowProps {
  channels: readonly OfferedChannel[];
  /** Answers with what went wrong, if anything. */
  onMove: (channel: string) => Promise<string | undefined>;
}

/** Moves a waiting request to another channel before somebody accepts it. */
export function MoveRow({ channels, onMove }: MoveRowProps) {
  const [wish, setWish] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const chosen = channels.find(({ channel }) => channel.id === wish)?.channel.id ?? firstOf(channels);
  const nobody = !channels.some(({ available }) => available);
  if (channels.length === 0) return <p class="field-hint">{t('agent-no-other-channel')}</p>;

  async function move() {
    setBusy(true);
    setProblem(await onMove(chosen));
    setBusy(false);
  }

  return (
    <div>
      <div class="move-row">
        <ChannelSelect
          label={t('agent-move-to')}
          channels={channels}
          chosen={chosen}
          onChoose={setWish}
          onlyAvailable
        />
        <Button busy={busy} why={nobody ? t('agent-nobody-there') : undefined} onClick={() => void move()}>
          {t('agent-move')}
        </Button>
      </div>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
