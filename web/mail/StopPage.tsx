import { useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Api, Refusal } from '../core/server.ts';
import { Button } from '../ui/Button.tsx';
import './confirm-page.css';

/** What the last link in a letter about unseen messages opens: a button says no to more of them, and then another takes that back. */
export function StopPage({ token }: { token: string }) {
  const [api] = useState(() => new Api('visitor'));
  const [busy, setBusy] = useState(false);
  const [wants, setWants] = useState<boolean>();
  const [problem, setProblem] = useState(token === '' ? t('mail-stop-gone') : undefined);

  async function set(again: boolean) {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.call('POST /api/mail/confirm', { body: { token, again } });
      setWants(again);
    } catch (error) {
      const gone = error instanceof Refusal && error.problem.code === 'not_found';
      setProblem(t(gone ? 'mail-stop-gone' : 'mail-page-later'));
    }
    setBusy(false);
  }

  const told = wants === undefined ? 'mail-stop-text' : wants ? 'mail-stop-again-done' : 'mail-stop-done';
  const again = wants === false;
  return (
    <main class="confirm-page">
      <section>
        <h1>{t('mail-stop-title')}</h1>
        <p role="status">{t(told)}</p>
        {token !== '' && (
          <Button kind={again ? 'quiet' : 'primary'} busy={busy} onClick={() => void set(again)}>
            {t(again ? 'mail-stop-again' : 'mail-stop-send')}
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
