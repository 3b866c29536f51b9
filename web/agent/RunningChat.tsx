import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Line } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { uploadsOf } from '../core/uploads.ts';
import { Attach } from '../ui/Attach.tsx';
import { modals } from '../ui/Dialog.tsx';
import { inWords } from '../ui/problem.ts';
import { fileIn } from '../ui/SentFile.tsx';
import { say } from '../ui/Toasts.tsx';
import type { Audience } from './AgentComposer.tsx';
import { ChatWindow } from './ChatWindow.tsx';
import { DraftKeeper } from './draft-keeper.ts';
import type { Over } from './OverPage.tsx';
import { go } from './routes.ts';
import type { Work } from './work.ts';

interface RunningChatProps {
  chat: string;
  work: Work;
  onOver: (over: Over) => void;
  /** Both absent where the chat has a browser window of its own. */
  onMinimise?: () => void;
  onOwnWindow?: () => void;
  /** There is nothing more to see, or the agent puts it away. */
  onRemove: () => void;
}

/** A chat's window, held to what the server says about it. */
export function RunningChat({ chat, work, onOver, onMinimise, onOwnWindow, onRemove }: RunningChatProps) {
  const { desk, windows } = work;
  const [store] = useState(() => desk.open(chat));
  const uploads = uploadsOf(store, desk.api);
  const view = store.view.value;
  const field = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting(chat, work, field);

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
    onRemove();
  }, [lost]);
  if (!view) return null;

  return (
    <ChatWindow
      chat={view}
      lines={store.lines.value}
      typing={store.typing.value}
      older={store.older.value === 'none' ? undefined : () => store.loadOlder()}
      draft={writing.text}
      audience={writing.audience}
      field={field}
      onDraft={(text) => {
        writing.write(text);
        if (text !== '') store.type(writing.audience === 'note');
      }}
      onPause={writing.pause}
      onAudience={(wanted) => {
        writing.choose(wanted);
        field.current?.focus();
      }}
      onSend={(text) => {
        // What may not be said to everyone is a note, whatever was chosen before.
        store.say(text, view.can.includes('send') ? writing.audience : 'note');
        writing.sent();
      }}
      onRetry={(line) => retry(line, (cid) => store.retry(cid))}
      file={fileIn(chat, desk.api, uploads)}
      attach={(audience) => <Attach onFiles={(files) => void uploads.add(files, audience === 'note')} />}
      onSeen={() => store.markRead()}
      onInvite={() => onOver({ is: 'invite', chat })}
      onChangeChannel={() => onOver({ is: 'channel', chat })}
      onRole={(role) => void work.switchRole(chat, role)}
      onNotify={(notify) => void work.setNotify(chat, notify)}
      onOwnWindow={onOwnWindow}
      onAppend={() => onOver({ is: 'append', chat })}
      onNewTicket={() => go({ at: 'new-ticket', chat })}
      onDownload={() => onOver({ is: 'download', chat })}
      onMail={work.desk.me.value.mail ? () => onOver({ is: 'mail', chat }) : undefined}
      onRedact={(seq) => onOver({ is: 'redact', chat, seq })}
      onAct={(verb) => onOver({ is: 'act', chat, verb })}
      onAccept={() => void work.accept(chat)}
      onMinimise={onMinimise}
      onRemove={onRemove}
    />
  );
}

/**
 * What is being written: kept in this tab for a reload, and on the server for other devices. What is written there shows
 * here as long as nobody has typed here, nor is about to.
 */
function useWriting(chat: string, { desk }: Work, field: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useState(() => desk.drafts.read(chat));
  const [audience, setAudience] = useState<Audience>(() => (desk.drafts.read(`${chat}:note`) ? 'note' : 'message'));
  const touched = useRef(text !== '');
  const [keeper] = useState(
    () => new DraftKeeper((body) => desk.api.call('PUT /api/chats/{chat}/draft', { chat, body })),
  );
  const view = desk.find(chat)?.view.value;
  const theirs = view?.draft ?? { text: '', note: false };
  function follow() {
    if (touched.current || view === undefined || !keeper.isNews(theirs)) return;
    keeper.take(theirs);
    setText(theirs.text);
    if (theirs.text !== '') setAudience(theirs.note ? 'note' : 'message');
  }
  useEffect(() => {
    if (field.current === null || document.activeElement !== field.current) follow();
  }, [view === undefined, theirs.text, theirs.note]);
  useEffect(() => {
    const leaves = () => keeper.flush();
    addEventListener('pagehide', leaves);
    return () => {
      removeEventListener('pagehide', leaves);
      leaves();
    };
  }, []);

  function write(text: string) {
    touched.current = text !== '';
    setText(text);
    desk.drafts.write(chat, text);
    keeper.write({ text, note: audience === 'note' });
  }

  return {
    text,
    audience,
    write,
    pause() {
      keeper.flush();
      follow();
    },
    choose(wanted: Audience) {
      setAudience(wanted);
      // Kept with the draft: what was written as a note must not come back as a reply.
      if (wanted === 'note') desk.drafts.write(`${chat}:note`, 'yes');
      else desk.drafts.drop(`${chat}:note`);
      if (text !== '') keeper.write({ text, note: wanted === 'note' });
    },
    sent() {
      touched.current = false;
      setText('');
      desk.drafts.drop(chat);
      keeper.sent();
    },
  };
}

function retry(line: Line, again: (cid: string) => void): void {
  if (line.cid !== undefined) again(line.cid);
}
