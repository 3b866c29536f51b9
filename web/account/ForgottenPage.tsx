import { useState } from 'preact/hooks';
import type { Surface } from '../api/types.ts';
import { lang, t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Form } from './Form.tsx';
import { useTry } from './use-try.ts';
import './account.css';

interface ForgottenPageProps {
  api: Api;
  surface: Surface;
  onBack: () => void;
}

/** Asks for a letter with a link. What is said afterwards is the same whether there is such an account. */
export function ForgottenPage({ api, surface, onBack }: ForgottenPageProps) {
  const [done, setDone] = useState(false);
  const { busy, problem, attempt } = useTry();

  async function ask(who: string) {
    const body = { surface, who, language: lang.peek() };
    if (await attempt(() => api.call('POST /api/password/forgotten', { body }))) setDone(true);
  }

  const back = (
    <Button kind="quiet" onClick={onBack}>
      {t('account-back')}
    </Button>
  );
  return (
    <main class="account-door">
      <section class="card account-part">
        <h1>{t('account-forgotten')}</h1>
        <div role="status">{done && <p>{t('account-forgotten-done')}</p>}</div>
        {done ? (
          <p>{back}</p>
        ) : (
          <Form
            action={t('account-forgotten-send')}
            busy={busy}
            problem={problem}
            beside={back}
            onSend={({ who = '' }) => void ask(who)}
          >
            <p class="account-why">{t('account-forgotten-text')}</p>
            <Field name="who" label={t('account-forgotten-who')} autocomplete="username" maxLength={254} autofocus />
          </Form>
        )}
      </section>
    </main>
  );
}
