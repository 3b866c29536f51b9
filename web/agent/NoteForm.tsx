import Lock from 'lucide/dist/esm/icons/lock.mjs';
import Paperclip from 'lucide/dist/esm/icons/paperclip.mjs';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { AddArticle } from '../api/types.ts';
import type { Attachments } from '../core/attachments.ts';
import { t } from '../core/i18n.ts';
import { Attach } from '../ui/Attach.tsx';
import { ChosenFiles } from '../ui/Attachments.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import '../ui/field.css';
import './text-field.css';

/** What somebody asked for above: a new one each time. */
export interface WantedText {
  is: 'reply' | 'note';
}

interface NoteFormProps {
  wanted?: WantedText | undefined;
  /** To whom a reply goes, by name. */
  whom?: string | undefined;
  /** The ticket's title. */
  subject: string;
  /** Where an e-mail would go; absent where none can be sent. */
  address?: string | undefined;
  /** Files that go with it. */
  files: Attachments;
  /** Answers with what went wrong, if anything. */
  onWrite: (note: Omit<AddArticle, 'cid'>) => Promise<string | undefined>;
  /** Sends what is left of the files once more. */
  onAgain: () => void;
}

/** A note on a ticket for agents, or a reply that the customer reads; which of the two it is shows in name, ground and button. */
export function NoteForm({ wanted, whom, subject, address, files, onWrite, onAgain }: NoteFormProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [visible, setVisible] = useState(false);
  const [email, setEmail] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (wanted === undefined) return;
    const reply = wanted.is === 'reply';
    setVisible(reply);
    setEmail(reply && address !== undefined && files.items.peek().length === 0);
    field.current?.focus();
  }, [wanted]);
  const replies = visible || email;
  // Files go with what is read in the portal, and with no e-mail.
  const why = files.items.value.length > 0 ? t('agent-note-email-files') : undefined;

  async function write() {
    if (text.trim() === '') return setProblem(t('problem-empty_text'));
    setBusy(true);
    const sent = text;
    const problem = await onWrite({ subject, text, visible, ...(email ? { email } : {}) });
    setBusy(false);
    setProblem(problem);
    if (problem !== undefined) return;
    setText((now) => (now === sent ? '' : now));
    // The next one is for agents again, unless he says so.
    setVisible(false);
    setEmail(false);
  }

  return (
    <section class={replies ? 'card' : 'card ticket-note'} aria-labelledby="ticket-note">
      <div class="card-head">
        <h2 id="ticket-note">
          {replies ? t('agent-reply-to', { name: whom ?? t('agent-customer') }) : t('agent-note')}
        </h2>
        {email && <Badge>{t('agent-by-email')}</Badge>}
        {!replies && (
          <Badge kind="note">
            <Icon of={Lock} />
            {t('chat-agents-only')}
          </Badge>
        )}
      </div>
      <div class="ticket-form">
        <textarea
          ref={field}
          class="text-field text-field-tall"
          aria-labelledby="ticket-note"
          dir="auto"
          rows={3}
          maxLength={10_000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <ChosenFiles files={files} onAgain={onAgain} />
        <div class="ticket-do">
          <Button kind="primary" busy={busy} onClick={() => void write()}>
            {t(replies ? 'agent-reply-write' : 'agent-note-write')}
          </Button>
          {email ? (
            <Button kind="quiet" icon={Paperclip} label={t('chat-file-attach')} why={t('agent-note-email-files')}>
              {null}
            </Button>
          ) : (
            <Attach onFiles={(chosen) => files.add(chosen)} />
          )}
          <label class="tick">
            <input
              type="checkbox"
              checked={visible || email}
              disabled={email}
              onChange={(event) => setVisible(event.currentTarget.checked)}
            />
            {t('agent-note-visible')}
          </label>
          {address && (
            <label class="tick">
              <input
                type="checkbox"
                checked={email}
                disabled={why !== undefined}
                aria-describedby={why && `${id}-why`}
                onChange={(event) => setEmail(event.currentTarget.checked)}
              />
              <span>
                {t('agent-note-email')} <bdi>{address}</bdi>
              </span>
            </label>
          )}
          {address && why && (
            <span id={`${id}-why`} class="quiet">
              {why}
            </span>
          )}
        </div>
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </section>
  );
}
