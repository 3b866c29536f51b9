import { useEffect } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { ChatBar } from './ChatBar.tsx';
import { ChatsBubble } from './ChatsBubble.tsx';
import { Dock } from './Dock.tsx';
import { placeOf, titleOf, whomOf } from './members.ts';
import type { Over } from './OverPage.tsx';
import { RunningChat } from './RunningChat.tsx';
import { openOwnWindow } from './routes.ts';
import type { Work } from './work.ts';

/** The dock, held to what the server says about each chat. */
export function ChatDock({ work, onOver }: { work: Work; onOver: (over: Over) => void }) {
  const { desk, windows } = work;
  const list = windows.list.value;
  const open = list.filter(({ open }) => open);
  // Who has been away for long is last here too.
  const gone = new Set(desk.chats.value.filter(({ gone }) => gone).map(({ id }) => id));
  const minimised = list
    .filter(({ open }) => !open)
    .sort((a, b) => Number(gone.has(a.chat)) - Number(gone.has(b.chat)));
  return (
    <Dock
      open={open.length}
      minimised={minimised.length}
      bars={minimised.map(({ chat }) => <Bar key={chat} chat={chat} work={work} />)}
      windows={open.map(({ chat }) => (
        <RunningChat
          key={chat}
          chat={chat}
          work={work}
          onOver={onOver}
          onMinimise={() => windows.minimise(chat)}
          onOwnWindow={() => {
            if (openOwnWindow(chat)) windows.minimise(chat);
          }}
          onRemove={() => work.putAway(chat)}
        />
      ))}
      bubble={<ChatsBubble chats={desk.chats.value} unread={desk.unread.value} onShow={(chat) => windows.show(chat)} />}
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
  const known = summary ?? view;
  const place = summary?.gone ? t('agent-gone') : known && placeOf(known);
  return (
    <ChatBar
      whom={(view && whomOf(view)?.name) ?? summary?.with ?? '?'}
      name={view ? titleOf(view) : (summary?.with ?? t('agent-nobody-yet'))}
      below={over ? t('agent-closed-short') : (place ?? '')}
      unread={summary?.unread ?? 0}
      onShow={() => windows.show(chat)}
      onRemove={over ? () => work.putAway(chat) : undefined}
    />
  );
}
