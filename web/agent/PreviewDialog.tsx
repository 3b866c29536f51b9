import { useEffect, useState } from 'preact/hooks';
import type { OfferedChannel, RequestView } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { inWords } from '../ui/problem.ts';
import { fileIn } from '../ui/SentFile.tsx';
import { say } from '../ui/Toasts.tsx';
import { keyOf } from './held.ts';
import { MoveRow } from './MoveRow.tsx';
import { Preview } from './Preview.tsx';
import type { Work } from './work.ts';

/** The preview, following the chat while it is open: what the requester writes meanwhile appears. */
export function PreviewDialog({ work, request, onClose }: { work: Work; request: RequestView; onClose: () => void }) {
  const { desk, windows } = work;
  const [store] = useState(() => desk.open(request.chat));
  const newest = desk.requests.value.find((it) => keyOf(it) === keyOf(request)) ?? request;
  const problem = store.problem.value;
  const view = store.view.value;
  const movable = newest.is === 'generic' && view?.state === 'requested' && view.can.includes('move');
  const channels = useChannels(work, request.chat, movable ? view.channel.id : undefined);
  useEffect(
    () => () => {
      if (!windows.list.peek().some(({ chat }) => chat === request.chat)) desk.close(request.chat);
    },
    [],
  );

  async function move(channel: string) {
    const problem = await work.move(request.chat, channel);
    if (problem !== undefined) return problem;
    const name = channels?.find((offered) => offered.channel.id === channel)?.channel.name ?? '';
    say(t('agent-moved', { name: newest.requester, channel: name }));
    onClose();
    return undefined;
  }

  return (
    <Preview
      request={newest}
      chat={view}
      lines={store.lines.value}
      file={fileIn(request.chat, desk.api)}
      problem={problem && inWords(problem)}
      busy={work.accepting.value === request.chat}
      move={channels && movable && <MoveRow channels={channels} onMove={move} />}
      onAccept={async () => {
        if (await work.accept(newest.chat)) onClose();
      }}
      onJoin={async (role) => {
        if (await work.join(newest.chat, role)) onClose();
      }}
      onDecline={async () => {
        if (await work.decline(newest.chat)) onClose();
      }}
      onClose={onClose}
    />
  );
}

/** Where the chat may be moved to from the channel that it is in; asked for anew when that has changed. */
function useChannels(work: Work, chat: string, from: string | undefined): readonly OfferedChannel[] | undefined {
  const [channels, setChannels] = useState<readonly OfferedChannel[]>();
  useEffect(() => {
    if (from === undefined) return;
    let wanted = true;
    // Without them the preview is still a preview.
    work.channelsFor(chat).then(
      (all) => wanted && setChannels(all.filter(({ channel }) => channel.id !== from)),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [chat, from]);
  return channels;
}
