import { useState } from 'preact/hooks';
import type { ChatView, MyTicketMade, TicketRef } from '../api/types.ts';
import type { ChatStore } from '../core/chat.ts';
import { firstWords } from '../core/first-words.ts';
import { t } from '../core/i18n.ts';
import { LeaveFields } from '../ui/LeaveFields.tsx';
import { Left } from '../ui/Left.tsx';
import { StartForm } from '../ui/StartForm.tsx';
import { whyNot } from '../ui/why-not.ts';
import { Link } from './Link.tsx';
import type { ChatWindow } from './window.ts';

interface LeaveMessageProps {
  chats: ChatWindow;
  text: string;
  /** The ticket that it is about. */
  about: TicketRef | undefined;
  /** Where it was written; nothing while something is missing. */
  channel: () => string | undefined;
  opensAt?: number | undefined;
  onLeft: () => void;
  onBack?: () => void;
}

/** Leaves what was typed as a ticket. It stays in the form until it is one. */
export function LeaveMessage({ chats, text, about, channel, opensAt, onLeft, onBack }: LeaveMessageProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function leave() {
    const of = channel();
    if (of === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await chats.leave(text.trim(), of, about);
      onLeft();
    } catch (error) {
      setProblem(whyNot(error));
    }
    setBusy(false);
  }

  return <LeaveFields busy={busy} problem={problem} opensAt={opensAt} onLeave={leave} onBack={onBack} />;
}

interface LeaveInsteadProps {
  chat: ChatStore;
  view: ChatView;
  chats: ChatWindow;
  onBack: () => void;
  onMove: () => void;
}

/** Instead of waiting on: what was asked goes in as a ticket, and nobody has to wait any more. */
export function LeaveInstead({ chat, view, chats, onBack, onMove }: LeaveInsteadProps) {
  const { drafts } = chats.lobby;
  const [text, setText] = useState(() => firstWords(chat, drafts));
  return (
    <div class="corner-body">
      <StartForm
        channels={[{ channel: view.channel, available: false }]}
        text={text}
        onText={(text) => {
          setText(text);
          drafts.write(chat.id, text);
        }}
        channel={view.channel.id}
        onChannel={() => {}}
        onStart={() => {}}
        busy={false}
        leave={(channel) => (
          <LeaveMessage
            text={text}
            about={view.ticket}
            chats={chats}
            channel={channel}
            onBack={onBack}
            onLeft={() => {
              drafts.drop(chat.id);
              // Should this not get there, the request ends by itself later; the ticket is there.
              void chat.act('close').catch(() => {});
              chats.showLeft();
              onMove();
            }}
          />
        )}
      />
    </div>
  );
}

export function LeftMessage({ ticket, onNew }: { ticket: MyTicketMade; onNew: () => void }) {
  return (
    <Left number={ticket.number} onNew={onNew}>
      {ticket.id && <Link to={{ at: 'ticket', ticket: ticket.id }}>{t('customer-ticket-show')}</Link>}
    </Left>
  );
}
