import { useEffect, useState } from 'preact/hooks';
import type { SessionView } from '../api/types.ts';
import { moment, recent } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import type { Api } from '../core/server.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useTry } from './use-try.ts';

interface SessionsPartProps {
  api: Api;
  onSignOut: () => void;
}

/** Where one is signed in, and a way to end it. */
export function SessionsPart({ api, onSignOut }: SessionsPartProps) {
  const [sessions, setSessions] = useState<readonly SessionView[]>();
  const [said, setSaid] = useState('');
  const { busy, problem, attempt } = useTry();
  const look = async () => setSessions((await api.call('GET /api/sessions')).sessions);
  useEffect(() => void attempt(look), []);

  const end = (session: SessionView) =>
    attempt(async () => {
      await api.call('DELETE /api/sessions/{id}', { id: session.id });
      await look();
      setSaid(t('account-session-ended', { where: whereOf(session) }));
    });
  const endOthers = () =>
    attempt(async () => {
      await api.call('DELETE /api/sessions');
      await look();
      setSaid(t('account-sessions-ended'));
    });
  const others = sessions?.some(({ here }) => !here) ?? false;

  return (
    <section class="card account-part" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t('account-sessions')}</h2>
      <p class="account-why">{t('account-sessions-why')}</p>
      {problem && (
        <Notice kind="danger" action={<Button onClick={() => void attempt(look)}>{t('account-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <ul class="account-sessions">
        {sessions?.map((session) => (
          <li key={session.id}>
            <div>
              <b>{whereOf(session)}</b> {session.here && <Badge kind="accent">{t('account-session-here')}</Badge>}
              <p>{t('account-session-seen', { at: recent(session.seen_at, Date.now()) })}</p>
              <p>
                {t('account-session-made', { at: moment(session.made_at) })}
                {session.network && (
                  <>
                    {' · '}
                    <bdi translate={false}>{session.network}</bdi>
                  </>
                )}
              </p>
            </div>
            <Button
              size="small"
              busy={busy}
              label={session.here ? undefined : t('account-session-end-of', { where: whereOf(session) })}
              onClick={() => (session.here ? onSignOut() : void end(session))}
            >
              {t(session.here ? 'account-session-sign-out' : 'account-session-end')}
            </Button>
          </li>
        ))}
      </ul>
      {others && (
        <p>
          <Button busy={busy} onClick={() => void endOthers()}>
            {t('account-sessions-end')}
          </Button>
        </p>
      )}
      <p role="status" class="account-said">
        {said}
      </p>
    </section>
  );
}

/** `Firefox on Linux` */
export function whereOf({ browser, system }: Pick<SessionView, 'browser' | 'system'>): string {
  if (browser && system) return t('account-session-where', { browser, system });
  return browser ?? system ?? t('account-session-unknown');
}
