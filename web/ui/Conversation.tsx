import type { ComponentChildren, Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { ChatView, Estimate } from '../api/types.ts';
import type { ChatStore, Line } from '../core/chat.ts';
import { now } from '../core/clock.ts';
import type { Drafts } from '../core/drafts.ts';
import { t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { Composer } from './Composer.tsx';
import { external } from './entries.ts';
import { Log } from './Log.tsx';
import { Notice } from './Notice.tsx';
import { inWords } from './problem.ts';
import { TypingLine } from './TypingLine.tsx';
import './conversation.css';

interface ConversationProps {
  chat: ChatStore;
  drafts: Drafts;
  /** The way to a new one, where there is one. */
  onNew?: (() => void) | undefined;
  /** What stands there once it is over. */
  closed: (unsent: boolean) => ComponentChildren;
  /** The ways out when nobody answered in time. */
  noAnswer: (place: string, onPatient: () => void) => ComponentChildren;
  field?: Ref<HTMLTextAreaElement>;
  /** How a file looks that stands in place of a text, and the way to send one. */
  file?: (line: Line) => ComponentChildren;
  attach?: ComponentChildren;
}

/** A chat as the one who asks sees it: the history, what he is waiting for, and where he writes. */
export function Conversation({ chat, drafts, onNew, closed, noAnswer, field, file, attach }: ConversationProps) {
  const view = chat.view.value;
  if (view === undefined) return <Missing chat={chat} onNew={onNew} />;
  const names = chat.typing.value.map(({ who }) => view.members.find(({ n }) => n === who)?.name ?? '');
  return (
    <div class="conversation">
      <Log
        label={t('widget-log')}
        lines={chat.lines.value}
        members={view.members}
        side={external}
        seen={view.seen}
        onOlder={chat.older.value === 'none' ? undefined : () => chat.loadOlder()}
        onSeen={() => chat.markRead()}
        onRetry={(line) => chat.retry(line.key)}
        file={file}
      />
      <div class="conversation-notice" role="status">
        <Waiting key={view.waiting_since ?? 0} view={view} noAnswer={noAnswer} />
      </div>
      {view.state === 'closed' ? (
        closed(drafts.read(chat.id) !== '')
      ) : (
        <>
          <TypingLine names={names} />
          <Write key={chat.id} chat={chat} drafts={drafts} attach={attach} {...(field && { field })} />
        </>
      )}
    </div>
  );
}

function Write({ chat, drafts, field, attach }: Pick<ConversationProps, 'chat' | 'drafts' | 'field' | 'attach'>) {
  const [text, setText] = useState(() => drafts.read(chat.id));
  return (
    <Composer
      text={text}
      limit={chat.view.value!.text_limit}
      prompt={t('widget-write')}
      tools={attach}
      onText={(text) => {
        setText(text);
        drafts.write(chat.id, text);
        if (text !== '') chat.type();
      }}
      onSend={(text) => {
        chat.say(text);
        setText('');
        drafts.drop(chat.id);
      }}
      {...(field && { field })}
    />
  );
}

/** What is only true for the one who waits, and is no entry of the log. */
function Waiting({ view, noAnswer }: Pick<ConversationProps, 'noAnswer'> & { view: ChatView }) {
  const [patient, setPatient] = useState(false);
  if (view.state === 'open') return view.agent_lost ? <Notice>{t('widget-agent-lost')}</Notice> : null;
  if (view.state !== 'requested') return null;
  const place = view.place === undefined ? '' : t('widget-place', { place: view.place });
  const late = view.no_answer_at !== undefined && now.value >= view.no_answer_at;
  if (!late || patient) {
    return (
      <Notice kind="lamp">
        {late ? t('widget-waiting-on') : t('widget-waiting')} {place} {!late && view.estimate && usually(view.estimate)}
      </Notice>
    );
  }
  return noAnswer(place, () => setPatient(true));
}

/** In whole minutes, a range of one at least. */
function usually({ from_s, to_s }: Estimate): string {
  const to = Math.ceil(to_s / 60);
  return t('widget-estimate', { from: Math.max(1, Math.min(Math.floor(from_s / 60), to - 1)), to });
}

/** Not here yet, or not to be seen any more. */
function Missing({ chat, onNew }: Pick<ConversationProps, 'chat' | 'onNew'>) {
  const problem = chat.problem.value;
  if (!chat.gone.value && problem === undefined) return <p class="conversation-loading">{t('widget-loading')}</p>;
  return (
    <div class="conversation-closed">
      <p>{problem ? inWords(problem) : t('widget-gone')}</p>
      {onNew && (
        <Button kind="primary" onClick={onNew}>
          {t('widget-new')}
        </Button>
      )}
    </div>
  );
}
