/** What few visitors come to see: the end of a conversation and messages that are left. Fetched when it is needed, see `later`. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { ChatView } from '../api/types.ts';
import type { ChatStore, Line } from '../core/chat.ts';
import { firstWords } from '../core/first-words.ts';
import { addCatalogue } from '../core/i18n.ts';
import { uploadsOf } from '../core/uploads.ts';
import { Wish } from '../core/wish.ts';
import { Attach as AttachButton } from '../ui/Attach.tsx';
import { Closed as ClosedConversation } from '../ui/Closed.tsx';
import { LeaveFields } from '../ui/LeaveFields.tsx';
import { Left as LeftMessage } from '../ui/Left.tsx';
import { MailButton } from '../ui/MailButton.tsx';
import { PdfButton } from '../ui/PdfButton.tsx';
import { fileIn } from '../ui/SentFile.tsx';
import { StartForm } from '../ui/StartForm.tsx';
import { whyNot } from '../ui/why-not.ts';
import styles from './pieces.css?url';
import { troubleOf, type Visit } from './visit.ts';

export { AgentFace } from '../ui/AgentFace.tsx';
export { EndQuestion } from '../ui/EndQuestion.tsx';
export { NoAnswer } from '../ui/NoAnswer.tsx';

/** Fetches the words and the styles of these pieces. */
export const words = () => Promise.all([addCatalogue('later'), addStyles()]);

/** Vite's own way of doing this weighs more than the panel has left. Plain pieces are better than none. */
function addStyles(): Promise<unknown> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = styles;
  return new Promise((done) => {
    link.onload = done;
    link.onerror = done;
    document.head.append(link);
  });
}

const AGAIN_MS = 3_000;

/** Exchanges what the page proves for a token of that visitor. Where it proves nothing he can still write, as somebody unknown. */
export async function identify(visit: Visit, proof: string, resume: (token: string) => void): Promise<void> {
  try {
    const body = { token: proof };
    const made = await visit.api.call('POST /api/snippets/{snippet}/identity', { snippet: visit.id, body });
    resume(made.token);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.is === 'unreachable') {
      setTimeout(() => void identify(visit, proof, resume), AGAIN_MS);
      return;
    }
    visit.trouble.value = trouble;
    visit.phase.value = 'form';
  }
}

interface AttachProps {
  visit: Visit;
  chat: ChatStore;
}

/** The way to send files. */
export function Attach({ visit, chat }: AttachProps) {
  return <AttachButton onFiles={(files) => void uploadsOf(chat, visit.api).add(files)} />;
}

/** A file in the history. */
export function SentFile({ visit, chat, line }: AttachProps & { line: Line }) {
  return fileIn(chat.id, visit.api, uploadsOf(chat, visit.api))(line);
}

/** As all that is typed before a chat has begun, it lives in this page's memory only. */
const email = signal('');
const wish = new Wish();

interface ClosedProps {
  visit: Visit;
  view: ChatView;
  unsent: boolean;
}

export function Closed({ visit, view, unsent }: ClosedProps) {
  const me = visit.lobby.value?.me.value;
  return (
    <ClosedConversation view={view} unsent={unsent} onNew={() => visit.again()}>
      <PdfButton view={view} api={visit.api} />
      {me && <MailButton view={view} me={me} api={visit.api} />}
    </ClosedConversation>
  );
}

interface LeaveProps {
  visit: Visit;
  text: string;
  /** Where it goes; nothing while something is missing. */
  channel: () => string | undefined;
  opensAt?: number | undefined;
  onLeft: () => void;
  onBack?: () => void;
}

/** Leaves what was typed as a message. It stays in the form until it is a ticket. */
export function Leave({ visit, text, channel, opensAt, onLeft, onBack }: LeaveProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function leave() {
    const to = channel();
    if (to === undefined) return;
    setBusy(true);
    setProblem(undefined);
    const lobby = visit.lobby.peek();
    const given = email.peek().trim();
    const message = {
      ...{ name: visit.name.peek().trim() || lobby?.me.peek().name || '', channel: to, text: text.trim() },
      ...(given === '' ? {} : { email: given }),
    };
    try {
      const { number } = await wish.once(message, (cid) =>
        visit.api.call('POST /api/snippets/{snippet}/messages', {
          snippet: visit.id,
          body: { cid, ...message },
        }),
      );
      visit.left.value = number ?? 'none';
      onLeft();
    } catch (error) {
      setProblem(whyNot(error));
    }
    setBusy(false);
  }

  return (
    <LeaveFields
      email={{ value: email.value, onEmail: (it) => (email.value = it) }}
      busy={busy}
      problem={problem}
      opensAt={opensAt}
      onLeave={leave}
      onBack={onBack}
    />
  );
}

interface LeaveInsteadProps {
  visit: Visit;
  chat: ChatStore;
  view: ChatView;
  onBack: () => void;
}

/** Instead of waiting on: what was asked goes in as a message, and nobody has to wait any more. */
export function LeaveInstead({ visit, chat, view, onBack }: LeaveInsteadProps) {
  const drafts = visit.lobby.value?.drafts;
  const [text, setText] = useState(() => firstWords(chat, drafts));
  useEffect(() => {
    focusText();
    return () => setTimeout(focusText);
  }, []);
  return (
    <div class="panel-body">
      <StartForm
        channels={[{ channel: view.channel, available: false }]}
        text={text}
        onText={(text) => {
          setText(text);
          drafts?.write(chat.id, text);
        }}
        channel={view.channel.id}
        onChannel={() => {}}
        onStart={() => {}}
        busy={false}
        leave={(channel) => (
          <Leave
            visit={visit}
            text={text}
            channel={channel}
            onBack={onBack}
            onLeft={() => {
              drafts?.drop(chat.id);
              // Should this not get there, the request ends by itself later; the message is in.
              void chat.act('close').catch(() => {});
              visit.again();
            }}
          />
        )}
      />
    </div>
  );
}

/** The button that had the keyboard is gone. */
function focusText(): void {
  if (document.activeElement !== document.body || !document.hasFocus()) return;
  document.querySelector('textarea')?.focus();
}

export function Left({ visit, number }: { visit: Visit; number: string }) {
  return <LeftMessage number={number} email={email.value.trim()} onNew={() => (visit.left.value = undefined)} />;
}
