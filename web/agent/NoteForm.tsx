import { useState } from 'preact/hooks';
import type { AddArticle } from '../api/types.ts';
import type { Attachments } from '../core/attachments.ts';
import { t } from '../core/i18n.ts';
import { Attach } from '../ui/Attach.tsx';
import { ChosenFiles } from '../ui/Attachments.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/field.css';
import './text-field.css';

interface NoteFormProps {
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

/** A note on a ticket: for agents, or for the customer too. */
export function NoteForm({ subject, address, files, onWrite, onAgain }: NoteFormProps) {
  const [text, setText] = useState('');
  const [visible, setVisible] = useState(false);
  const [email, setEmail] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

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
    <section class="card" aria-labelledby="ticket-note">
      <div class="card-head">
        <h2 id="ticket-note">{t('agent-note')}</h2>
      </div>
      <div class="ticket-form">
        <textarea
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
            {t('agent-note-write')}
          </Button>
          {!email && <Attach onFiles={(chosen) => files.add(chosen)} />}
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
              <input type="checkbox" checked={email} onChange={(event) => setEmail(event.currentTarget.checked)} />
              <span>
                {t('agent-note-email')} <bdi>{address}</bdi>
              </span>
            </label>
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
