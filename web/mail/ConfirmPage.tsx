import { useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Api, Refusal } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import './confirm-page.css';

/** What the link in the first letter opens. Only the button sends the second: programs that look at links press none. */
export function ConfirmPage({ token }: { token: string }) {
  const [api] = useState(() => new Api('visitor'));
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState(token === '' ? t('mail-page-gone') : undefined);

  async function confirm() {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.call('POST /api/mail/confirm', { body: { token } });
      setDone(true);
    } catch (error) {
      const gone = error instanceof Refusal && error.problem.code === 'not_found';
      setProblem(t(gone ? 'mail-page-gone' : 'mail-page-later'));
    }
    setBusy(false);
  }

  return (
    <main class="confirm-page">
      <section>
        <h1>{t('mail-page-title')}</h1>
        <p role="status">{done ? t('mail-page-done') : t('mail-page-text')}</p>
        {!done && token !== '' && (
          <Button kind="primary" busy={busy} onClick={() => void confirm()}>
            {t('mail-page-send')}
          </Button>
        )}
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
      </section>
    </main>
  );
}
