import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ChatView, Me } from '../api/types.ts';
import { zone } from '../core/format.ts';
import { lang, t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { Wish } from '../core/wish.ts';
import { Button } from './Button.tsx';
import { whyNot } from './why-not.ts';
import './field.css';

interface MailButtonProps {
  view: ChatView;
  me: Me;
  api: Api;
}

/** Has an external the conversation sent by e-mail; a visitor says where to, and is asked there first. */
export function MailButton({ view, me, api }: MailButtonProps) {
  const id = useId();
  const [wish] = useState(() => new Wish());
  const [asking, setAsking] = useState(false);
  const [address, setAddress] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  // The attribute does nothing in another site's frame.
  useEffect(() => field.current?.focus(), [asking]);
  const known = me.kind === 'public_user' ? undefined : me.email;
  if (!me.mail || !view.can.includes('mail') || (me.kind !== 'public_user' && known === undefined)) return null;

  async function send() {
    if (known === undefined && !asking) return setAsking(true);
    setBusy(true);
    setProblem(undefined);
    const letter = {
      ...(known === undefined ? { address: address.trim() } : {}),
      language: lang.peek(),
      zone: zone(),
    };
    try {
      // What becomes of it stands in the conversation. A second press is a second wish.
      await wish.once({ ...letter, head: view.head }, (cid) =>
        api.call('POST /api/chats/{chat}/mail', { chat: view.id, body: { cid, ...letter } }),
      );
      setAsking(false);
    } catch (error) {
      setProblem(whyNot(error));
    }
    setBusy(false);
  }

  return (
    <>
      {asking && (
        <div class="field">
          <label for={id}>{t('widget-mail-address')}</label>
          <input
            ref={field}
            id={id}
            type="email"
            dir="auto"
            autocomplete="email"
            maxLength={254}
            value={address}
            aria-describedby={`${id}-hint`}
            onInput={(event) => setAddress(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && void send()}
          />
          <p id={`${id}-hint`} class="field-hint">
            {t('widget-mail-hint')}
          </p>
        </div>
      )}
      <Button busy={busy} onClick={send}>
        {t(asking ? 'widget-mail-send' : 'widget-mail')}
      </Button>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
