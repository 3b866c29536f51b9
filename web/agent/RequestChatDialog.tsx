import { useId, useRef, useState } from 'preact/hooks';
import type { ChannelRef, PersonKind, TicketRef } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { sends } from '../ui/Composer.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useSave } from './use-save.ts';
import '../ui/field.css';
import './channel-select.css';
import './text-field.css';

/** Whom an agent can ask. */
export interface Askable {
  id: string;
  name: string;
  kind: PersonKind;
}

interface RequestChatDialogProps {
  person: Askable;
  /** What it is about. */
  ticket?: TicketRef | undefined;
  /** Where a chat with a customer user may be, if there is a choice. */
  channels?: readonly ChannelRef[];
  /** Answers with what went wrong, if anything; the text stays then. */
  onSend: (text: string, channel: string | undefined) => Promise<string | undefined>;
  onClose: () => void;
}

/** Asks an agent or a customer user for a chat, with a first message. */
export function RequestChatDialog({ person, ticket, channels = [], onSend, onClose }: RequestChatDialogProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [channel, setChannel] = useState('');
  const { busy, problem, setProblem, save } = useSave(onClose);

  function send() {
    if (busy) return;
    if (text.trim() === '') {
      setProblem(t('agent-request-message-missing'));
      field.current?.focus();
      return;
    }
    void save(onSend(text.trim(), channel || undefined));
  }

  return (
    <Dialog
      title={t('agent-request-chat-with', { name: person.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={send}>
            {t('agent-request-create')}
          </Button>
        </>
      }
    >
      {ticket && <p>{t('agent-about-ticket', { number: ticket.number })}</p>}
      <div class="field">
        <label for={id}>{t('agent-request-message')}</label>
        <textarea
          ref={field}
          id={id}
          class="text-field text-field-tall"
          rows={4}
          dir="auto"
          required
          autofocus
          value={text}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={`${id}-hint${problem ? ` ${id}-problem` : ''}`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setProblem(undefined);
          }}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <p id={`${id}-hint`} class="field-hint">
          {t('agent-request-hint', { kind: person.kind })} {t('chat-enter-sends')}.
        </p>
      </div>
      {person.kind === 'customer_user' && channels.length > 1 && (
        <div class="field">
          <label for={`${id}-channel`}>{t('agent-column-channel')}</label>
          <select
            id={`${id}-channel`}
            class="select"
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
          >
            <option value="">{t('agent-request-channel-usual')}</option>
            {channels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
