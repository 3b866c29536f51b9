import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatVerb, Line } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import type { Audience } from '../ui/Composer.tsx';
import { modals } from '../ui/Dialog.tsx';
import { inWords } from '../ui/problem.ts';
import { say } from '../ui/Toasts.tsx';
import { ChatBar } from './ChatBar.tsx';
import { ChatWindow } from './ChatWindow.tsx';
import { Dock } from './Dock.tsx';
import { titleOf, whomOf } from './members.ts';
import type { Work } from './work.ts';

type Act = (chat: string, verb: Exclude<ChatVerb, 'accept'>) => void;

/** The dock, held to what the server says about each chat. */
export function ChatDock({ work, onAct }: { work: Work; onAct: Act }) {
  const list = work.windows.list.value;
  const open = list.filter(({ open }) => open);
  const minimised = list.filter(({ open }) => !open);
  return (
    <Dock
      open={open.length}
      minimised={minimised.length}
      bars={minimised.map(({ chat }) => <Bar key={chat} chat={chat} work={work} />)}
      windows={open.map(({ chat }) => <Window key={chat} chat={chat} work={work} onAct={onAct} />)}
    />
  );
}

function Bar({ chat, work }: { chat: string; work: Work }) {
  const { desk, windows } = work;
  const summary = desk.chats.value.find(({ id }) => id === chat);
  const store = summary ? desk.find(chat) : desk.open(chat);
  const view = store?.view.value;
  // What somebody else has or nobody may see has nothing to come back to.
  const given = desk.ready.value && !summary && view !== undefined && view.state !== 'closed';
  const lost = !summary && (given || store?.gone.value || store?.problem.value !== undefined);
  useEffect(() => {
    if (lost) work.putAway(chat);
  }, [lost]);
  const over = !summary && view?.state !== 'open' && view?.state !== 'requested';
  return (
    <ChatBar
      whom={(view && whomOf(view)?.name) ?? summary?.with ?? '?'}
      name={view ? titleOf(view) : (summary?.with ?? t('agent-nobody-yet'))}
      below={over ? t('agent-closed-short') : (summary?.channel.name ?? view?.channel.name ?? '')}
      unread={summary?.unread ?? 0}
      onShow={() => windows.show(chat)}
      onRemove={over ? () => work.putAway(chat) : undefined}
    />
  );
}

function Window({ chat, work, onAct }: { chat: string; work: Work; onAct: Act }) {
  const { desk, windows } = work;
  const [store] = useState(() => desk.open(chat));
  const view = store.view.value;
  const [draft, setDraft] = useState(() => desk.drafts.read(chat));
  const [audience, setAudience] = useState<Audience>(() => (desk.drafts.read(`${chat}:note`) ? 'note' : 'message'));
  const field = useRef<HTMLTextAreaElement>(null);

  // A window that was asked for gets the keyboard once there is something to write in, and no dialog over it.
  const covered = modals.value > 0;
  useEffect(() => {
    if (windows.focus.value !== chat || !view || covered) return;
    field.current?.focus();
    windows.focus.value = undefined;
  }, [windows.focus.value, view === undefined, covered]);

  const lost = store.gone.value || store.problem.value;
  useEffect(() => {
    if (!lost) return;
    if (!work.letGo.delete(chat)) say(lost === true ? t('agent-chat-gone') : inWords(lost));
    work.putAway(chat);
  }, [lost]);
  if (!view) return null;

  const write = (text: string) => {
    setDraft(text);
    desk.drafts.write(chat, text);
    if (text !== '') store.type(audience === 'note');
  };
  return (
    <ChatWindow
      chat={view}
      lines={store.lines.value}
      typing={store.typing.value}
      older={store.older.value === 'none' ? undefined : () => store.loadOlder()}
      draft={draft}
      audience={audience}
      field={field}
      onDraft={write}
      onAudience={(wanted) => {
        setAudience(wanted);
        // Kept with the draft: what was written as a note must not come back as a reply.
        if (wanted === 'note') desk.drafts.write(`${chat}:note`, 'yes');
        else desk.drafts.drop(`${chat}:note`);
        field.current?.focus();
      }}
      onSend={(text) => {
        store.say(text, audience);
        setDraft('');
        desk.drafts.drop(chat);
      }}
      onRetry={(line) => retry(line, (cid) => store.retry(cid))}
      onSeen={() => store.markRead()}
      onAct={(verb) => onAct(chat, verb)}
      onAccept={() => void work.accept(chat)}
      onMinimise={() => windows.minimise(chat)}
      onRemove={() => work.putAway(chat)}
    />
  );
}

function retry(line: Line, again: (cid: string) => void): void {
  if (line.cid !== undefined) again(line.cid);
}
