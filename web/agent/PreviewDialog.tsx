import { useEffect, useState } from 'preact/hooks';
import type { RequestView } from '../api/types.ts';
import { inWords } from '../ui/problem.ts';
import { Preview } from './Preview.tsx';
import type { Work } from './work.ts';

/** The preview, following the chat while it is open: what the requester writes meanwhile appears. */
export function PreviewDialog({ work, request, onClose }: { work: Work; request: RequestView; onClose: () => void }) {
  const { desk, windows } = work;
  const [store] = useState(() => desk.open(request.chat));
  const newest = desk.requests.value.find(({ chat }) => chat === request.chat) ?? request;
  const problem = store.problem.value;
  useEffect(
    () => () => {
      if (!windows.list.peek().some(({ chat }) => chat === request.chat)) desk.close(request.chat);
    },
    [],
  );
  return (
    <Preview
      request={newest}
      chat={store.view.value}
      lines={store.lines.value}
      problem={problem && inWords(problem)}
      busy={work.accepting.value === request.chat}
      onAccept={async () => {
        if (await work.accept(newest.chat)) onClose();
      }}
      onClose={onClose}
    />
  );
}
