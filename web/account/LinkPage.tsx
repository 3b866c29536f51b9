import { useEffect, useState } from 'preact/hooks';
import type { LinkView } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { type Api, Refusal } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Form } from './Form.tsx';
import { useTry } from './use-try.ts';
import './account.css';

interface LinkPageProps {
  api: Api;
  token: string;
  /** Of who may sign in now. */
  onDone: (login: string) => void;
  onAsk: () => void;
}

/** Where a one-time link leads: somebody chooses his password. Looking does not use the link up. */
export function LinkPage({ api, token, onDone, onAsk }: LinkPageProps) {
  const [link, setLink] = useState<LinkView>();
  const [gone, setGone] = useState(false);
  const { busy, problem, attempt } = useTry();

  const orGone = (what: () => Promise<void>) =>
    attempt(async () => {
      try {
        await what();
      } catch (error) {
        if (!(error instanceof Refusal) || error.problem.code !== 'link_gone') throw error;
        setGone(true);
      }
    });
  const look = () => orGone(async () => setLink(await api.call('POST /api/links/look', { body: { token } })));
  useEffect(() => void look(), []);

  return (
    <main class="account-door">
      <section class="card account-part">
        <h1>{t('account-link', { for: link?.purpose ?? 'reset' })}</h1>
        <div role="status">
          {gone && <p>{t('account-link-gone')}</p>}
          {link && !gone && (
            <p>
              {t('account-link-text', { for: link.purpose, name: link.name, login: link.login })}{' '}
              {t('account-link-until', { at: moment(link.expires_at) })}
            </p>
          )}
          {!link && !gone && !problem && <p>{t('account-link-looking')}</p>}
        </div>
        {gone && (
          <p>
            <Button kind="primary" onClick={onAsk}>
              {t('account-forgotten')}
            </Button>
          </p>
        )}
        {!link && problem && (
          <>
            <p class="field-problem" role="alert">
              {problem}
            </p>
            <Button onClick={() => void look()}>{t('account-again')}</Button>
          </>
        )}
        {link && !gone && (
          <Form
            action={t('account-link-set')}
            busy={busy}
            problem={problem}
            onSend={({ password = '' }) =>
              void orGone(async () => {
                const { login } = await api.call('POST /api/links/use', { body: { token, password } });
                onDone(login);
              })
            }
          >
            {/* So that the browser keeps both together. */}
            <input hidden name="login" autocomplete="username" value={link.login} readOnly />
            <Field
              name="password"
              label={t('account-password-new')}
              hint={t('account-password-hint')}
              type="password"
              autocomplete="new-password"
              autofocus
            />
          </Form>
        )}
      </section>
    </main>
  );
}
