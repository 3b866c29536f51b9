import { useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Attach } from '../ui/Attach.tsx';
import { ChosenFiles } from '../ui/Attachments.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { whyNot } from '../ui/why-not.ts';
import type { NewTicket } from './new-ticket.ts';
import { TextArea } from './TextArea.tsx';
import './ticket-form.css';

interface TicketFormProps {
  ticket: NewTicket;
  hint?: string;
  /** It takes files along. */
  takesFiles: boolean;
  onCancel: () => void;
}

/** Title, text and files of a ticket to be. */
export function TicketForm({ ticket, hint, takesFiles, onCancel }: TicketFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState(false);
  const trouble = ticket.trouble.value;
  const lacks = {
    title: asked && ticket.title.value.trim() === '' ? t('customer-ticket-title-missing') : undefined,
    text: asked && ticket.text.value.trim() === '' ? t('widget-message-missing') : undefined,
  };

  async function make() {
    setAsked(true);
    if ((await ticket.make()) || ticket.trouble.peek()) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }

  return (
    <form
      ref={form}
      class="ticket-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <TextArea
        label={t('customer-ticket-title')}
        line
        maxLength={191}
        value={ticket.title.value}
        onText={(title) => ticket.name(title)}
        problem={lacks.title}
      />
      <TextArea
        label={t('customer-ticket-text')}
        hint={hint}
        value={ticket.text.value}
        onText={(text) => ticket.type(text)}
        problem={lacks.text}
      />
      {takesFiles && <ChosenFiles files={ticket.files} onAgain={() => void ticket.again()} />}
      {trouble !== undefined && (
        <div role="alert">
          <Notice kind="danger">{whyNot(trouble)}</Notice>
        </div>
      )}
      <div class="ticket-form-ways">
        <Button kind="primary" type="submit" busy={ticket.making.value}>
          {t('customer-ticket-make')}
        </Button>
        {takesFiles && <Attach onFiles={(chosen) => ticket.files.add(chosen)} />}
        <Button onClick={onCancel}>{t('common-cancel')}</Button>
      </div>
    </form>
  );
}
