import { useEffect, useState } from 'preact/hooks';
import { ArchiveSearch } from '../core/archive-search.ts';
import type { Desk } from '../core/desk.ts';
import { t } from '../core/i18n.ts';
import { inWords } from '../ui/problem.ts';
import { fileIn } from '../ui/SentFile.tsx';
import { Archive } from './Archive.tsx';
import { ArchivedChat } from './ArchivedChat.tsx';
import { ArchiveSearchBar } from './ArchiveSearchBar.tsx';
import type { Over } from './OverPage.tsx';
import { go } from './routes.ts';
import { usePages } from './use-pages.ts';
import { problemOf, type Work } from './work.ts';

/** The archive, a page of 50 at a time, or what was found in it. */
export function ArchivePage({ desk }: { desk: Desk }) {
  const { items, state, problem, more } = usePages(async (before: string | undefined) => {
    const page = await desk.api.call('GET /api/chats', { query: { which: 'archive', before } });
    return { items: page.chats, next: page.next };
  });
  const [search] = useState(() => new ArchiveSearch(desk.api));
  useEffect(() => () => search.stop(), []);

  const bar = (
    <ArchiveSearchBar
      asked={search.asked.value}
      channels={(desk.me.value.channels ?? []).map(({ channel }) => channel)}
      onAsk={(change) => search.ask(change)}
    />
  );
  if (!search.active.value) {
    const rows = items.map((chat) => ({ chat, text: [{ text: chat.last_text ?? '' }] }));
    return (
      <Archive
        search={bar}
        rows={rows}
        none={t('agent-archive-empty')}
        state={state}
        problem={problem}
        onMore={() => void more()}
      />
    );
  }
  const failed = search.state.value === 'failed';
  return (
    <Archive
      search={bar}
      rows={search.found.value.map(({ chat, entry }) => ({ chat, text: entry?.text ?? [] }))}
      none={t('agent-archive-not-found')}
      state={search.state.value === 'failed' ? 'more' : search.state.value}
      problem={failed ? problemOf(search.problem.value) : undefined}
      onMore={() => search.more()}
    />
  );
}

interface ArchivedChatPageProps {
  work: Work;
  chat: string;
  onOver: (over: Over) => void;
}

export function ArchivedChatPage({ work, chat, onOver }: ArchivedChatPageProps) {
  const { desk, windows } = work;
  const [store] = useState(() => desk.open(chat));
  useEffect(
    () => () => {
      if (!windows.list.peek().some((window) => window.chat === chat)) desk.close(chat);
    },
    [],
  );
  const problem = store.problem.value;
  return (
    <ArchivedChat
      chat={store.view.value}
      lines={store.lines.value}
      file={fileIn(chat, desk.api)}
      onRedact={(seq) => onOver({ is: 'redact', chat, seq })}
      onAppend={() => onOver({ is: 'append', chat })}
      onNewTicket={() => go({ at: 'new-ticket', chat })}
      onDownload={() => onOver({ is: 'download', chat })}
      onMail={work.desk.me.value.mail ? () => onOver({ is: 'mail', chat }) : undefined}
      older={store.older.value === 'none' ? undefined : () => store.loadOlder()}
      problem={store.gone.value ? t('agent-chat-gone') : problem && inWords(problem)}
    />
  );
}
