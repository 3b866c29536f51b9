import { useEffect, useRef, useState } from 'preact/hooks';
import type { AdminSession } from '../../api/types.ts';
import { moment, recent } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Confirm } from '../Confirm.tsx';
import { problemOf } from '../work.ts';

const TYPING_MS = 200;

/** Who is signed in where, and ways to end it. */
export function SessionsPage({ api }: { api: Api }) {
  const [sessions, setSessions] = useState<readonly AdminSession[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [wanted, setWanted] = useState('');
  const [ending, setEnding] = useState<AdminSession>();
  const [said, setSaid] = useState('');
  const asked = useRef(0);

  /** The first page again, or the one that follows. */
  async function look(after?: string): Promise<void> {
    const turn = ++asked.current;
    setProblem(undefined);
    try {
      const page = await api.call('GET /api/admin/sessions', { query: { q: wanted || undefined, after } });
      if (turn !== asked.current) return;
      setSessions((sessions) => [...(after === undefined ? [] : (sessions ?? [])), ...page.sessions]);
      setNext(page.next);
    } catch (error) {
      if (turn === asked.current) setProblem(problemOf(error));
    }
  }
  useEffect(() => {
    const typed = setTimeout(() => void look(), sessions === undefined ? 0 : TYPING_MS);
    return () => clearTimeout(typed);
  }, [wanted]);

  async function tries(what: () => Promise<unknown>, done: string): Promise<void> {
    setSaid('');
    setProblem(undefined);
    try {
      await what();
      await look();
      setSaid(done);
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  const end = ({ session, name }: AdminSession) =>
    tries(
      () => api.call('DELETE /api/admin/sessions/{id}', { id: session.id }),
      t('admin-session-ended', { name, where: whereOf(session) }),
    );

  return (
    <>
      <p class="admin-why">{t('admin-sessions-why')}</p>
      <div class="admin-bar">
        <SearchField label={t('admin-find-session')} value={wanted} maxLength={100} onSearch={setWanted} />
      </div>
      {problem && (
        <Notice kind="danger" action={<Button onClick={() => void look()}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <p role="status" class={sessions?.length === 0 ? 'rows-none' : 'quiet'}>
        {sessions === undefined ? t('agent-fetching') : sessions.length === 0 ? t('admin-no-session') : said}
      </p>
      {sessions && sessions.length > 0 && (
        <div class="card rows admin-rows">
          <table>
            <caption class="quiet">{t('admin-sessions')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('admin-session-person')}</th>
                <th scope="col">{t('admin-session-where')}</th>
                <th scope="col">{t('admin-session-made')}</th>
                <th scope="col">{t('admin-session-seen')}</th>
                <th scope="col">
                  <span class="quiet">{t('admin-session-end')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((one) => (
                <tr key={one.session.id}>
                  <th scope="row">
                    <bdi translate={false}>{one.name}</bdi>{' '}
                    <small>{t(one.kind === 'agent' ? 'admin-session-agent' : 'admin-session-customer')}</small>
                  </th>
                  <td data-label={t('admin-session-where')}>
                    {whereOf(one.session)}
                    {one.session.network && (
                      <>
                        <br />
                        <small translate={false}>{one.session.network}</small>
                      </>
                    )}
                  </td>
                  <td data-label={t('admin-session-made')}>{moment(one.session.made_at)}</td>
                  <td data-label={t('admin-session-seen')}>{recent(one.session.seen_at, Date.now())}</td>
                  <td>
                    <Button
                      size="small"
                      label={t('admin-session-end-of', { name: one.name, where: whereOf(one.session) })}
                      onClick={() => setEnding(one)}
                    >
                      {t('admin-session-end')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {next !== undefined && (
            <div class="rows-more">
              <Button onClick={() => void look(next)}>{t('agent-show-more')}</Button>
            </div>
          )}
        </div>
      )}
      {ending && (
        <Confirm
          title={t('admin-session-end-title', { name: ending.name })}
          text={t('admin-session-end-text', { name: ending.name, where: whereOf(ending.session) })}
          action={t('admin-session-end')}
          danger
          onConfirm={async () => {
            await end(ending);
            setEnding(undefined);
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  );
}

/** `Firefox on Linux` */
function whereOf({ browser, system }: AdminSession['session']): string {
  if (browser && system) return t('admin-session-browser', { browser, system });
  return browser ?? system ?? t('admin-session-unknown');
}
