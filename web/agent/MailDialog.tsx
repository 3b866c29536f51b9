import { useId, useState } from 'preact/hooks';
import type { MemberView, Recipient } from '../api/types.ts';
import { zone } from '../core/format.ts';
import { lang, t } from '../core/i18n.ts';
import { Wish } from '../core/wish.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { say } from '../ui/Toasts.tsx';
import { useSave } from './use-save.ts';
import { problemOf, type Work } from './work.ts';
import '../ui/field.css';
import './invite-dialog.css';

interface MailDialogProps {
  work: Work;
  chat: string;
  onClose: () => void;
}

/** Sends a chat by e-mail: to oneself with what is for agents, or to the customer or visitor without. */
export function MailDialog({ work, chat, onClose }: MailDialogProps) {
  const id = useId();
  const { api, me } = work.desk;
  const [wish] = useState(() => new Wish());
  const view = work.desk.find(chat)?.view.value;
  const external = view?.members.find(canHave);
  const [to, setTo] = useState<Recipient>(external ? 'external' : 'agent');
  const { busy, problem, save } = useSave(onClose);

  async function send(): Promise<string | undefined> {
    const letter = { to, language: lang.peek(), zone: zone() };
    try {
      await wish.once(letter, (cid) => api.call('POST /api/chats/{chat}/mail', { chat, body: { cid, ...letter } }));
      say(t('agent-mail-coming'));
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  const choice = (value: Recipient, name: string, hint: string) => (
    <label>
      <input
        type="radio"
        name={`${id}-to`}
        autofocus={value === to}
        checked={value === to}
        onChange={() => setTo(value)}
      />
      <span>
        <bdi>{name}</bdi>
        <small>{hint}</small>
      </span>
    </label>
  );
  const mine = me.value;
  return (
    <Dialog
      title={t('agent-mail-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void save(send())}>
            {t('agent-mail-send')}
          </Button>
        </>
      }
    >
      <fieldset class="invite-people">
        <legend class="quiet">{t('agent-mail-to')}</legend>
        {external && choice('external', called(external.name, external.identity?.email), t('agent-mail-external'))}
        {choice('agent', called(mine.name, mine.email), t('agent-mail-agent'))}
      </fieldset>
      <p class="field-hint">{t('agent-mail-hint')}</p>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

/** A visitor only where his page has proven his address: one that he types in, he asks for himself. */
function canHave({ role, kind, identity }: MemberView): boolean {
  return role === 'external' && (kind === 'customer_user' || identity?.email !== undefined);
}

function called(name: string, email: string | undefined): string {
  return email ? `${name} (${email})` : name;
}
