import { useEffect, useState } from 'preact/hooks';
import type { ChatView, OfferedChannel } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ChannelSelect, firstOf } from './ChannelSelect.tsx';
import { useSave } from './use-save.ts';
import { problemOf } from './work.ts';

interface ChangeChannelDialogProps {
  chat: ChatView;
  /** Where it may go. Throws `Refusal` or `Unreachable`. */
  fetch: () => Promise<readonly OfferedChannel[]>;
  /** Answers with what went wrong, if anything. */
  onMove: (channel: OfferedChannel['channel']) => Promise<string | undefined>;
  onClose: () => void;
}

/** Moves a running chat to another channel; the agent stays in it. */
export function ChangeChannelDialog({ chat, fetch, onMove, onClose }: ChangeChannelDialogProps) {
  const [channels, setChannels] = useState<readonly OfferedChannel[]>();
  const [wish, setWish] = useState<string>();
  const { busy, problem, setProblem, save } = useSave(onClose);
  useEffect(() => {
    fetch().then(
      (all) => setChannels(all.filter(({ channel }) => channel.id !== chat.channel.id)),
      (error) => setProblem(problemOf(error)),
    );
  }, []);
  const id = channels?.find(({ channel }) => channel.id === wish)?.channel.id ?? firstOf(channels ?? []);
  const chosen = channels?.find(({ channel }) => channel.id === id)?.channel;

  function move() {
    if (chosen === undefined) return;
    void save(onMove(chosen));
  }

  return (
    <Dialog
      title={t('agent-change-channel')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button
            kind="primary"
            busy={busy}
            why={channels?.length === 0 ? t('agent-no-other-channel') : channels ? undefined : t('agent-fetching')}
            onClick={move}
          >
            {t('agent-change-channel')}
          </Button>
        </>
      }
    >
      <p>
        {t('agent-channel-now')}: <bdi>{chat.channel.name}</bdi>
      </p>
      {channels === undefined && !problem && <p role="status">{t('agent-fetching')}</p>}
      {channels?.length === 0 && <p>{t('agent-no-other-channel')}</p>}
      {channels !== undefined && channels.length > 0 && (
        <ChannelSelect label={t('agent-move-to')} channels={channels} chosen={id} onChoose={setWish} />
      )}
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
