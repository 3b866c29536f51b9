import { useState } from 'preact/hooks';
import type { AdminLetter } from '../../api/types.ts';
import { moment } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { problemOf } from '../work.ts';
import { Fetched } from './Fetched.tsx';
import { Said } from './Things.tsx';

/** E-mail that has not arrived for certain, newest first. */
export function LettersPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/letters', { query: {} })}>
      {({ letters, next, sends_mail }, again) => (
        <>
          <p class="admin-why">{t('admin-letters-why')}</p>
          {!sends_mail && <Notice>{t('admin-no-mail-server')}</Notice>}
          <Letters key={letters[0]?.id} api={api} first={letters} next={next} onChanged={again} />
        </>
      )}
    </Fetched>
  );
}

interface LettersProps {
  api: Api;
  first: readonly AdminLetter[];
  next: string | undefined;
  onChanged: () => Promise<void>;
}

function Letters({ api, first, next, onChanged }: LettersProps) {
  const [later, setLater] = useState<readonly AdminLetter[]>([]);
  const [before, setBefore] = useState(next);
  const [problem, setProblem] = useState<string>();
  const letters = [...first, ...later];

  async function tries(what: () => Promise<void>): Promise<void> {
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  async function more(): Promise<void> {
    const page = await api.call('GET /api/admin/letters', { query: { before } });
    setLater([...later, ...page.letters]);
    setBefore(page.next);
  }

  async function again(id: string): Promise<void> {
    await api.call('POST /api/admin/letters/{id}/again', { id });
    setLater([]);
    await onChanged();
  }

  if (letters.length === 0) return <p class="rows-none">{t('admin-no-letters')}</p>;
  return (
    <div class="card rows admin-rows">
      {problem && <Notice kind="danger">{problem}</Notice>}
      <table>
        <caption class="quiet">{t('admin-letters')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin-letter')}</th>
            <th scope="col">{t('admin-letter-state')}</th>
            <th scope="col">{t('admin-letter-said')}</th>
            <th scope="col">
              <span class="quiet">{t('admin-send-again')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {letters.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {one.person ? <Said of={one.person} /> : t('admin-letter-somebody')}
                <small>
                  {one.ticket ? t('admin-letter-ticket', { number: one.ticket }) : t('admin-letter-chat')} ·{' '}
                  {moment(one.at)}
                </small>
              </th>
              <td data-label={t('admin-letter-state')}>
                <Badge kind={one.state === 'failed' ? 'danger' : one.state === 'perhaps' ? 'note' : 'count'}>
                  {stateWord(one)}
                </Badge>
              </td>
              <td data-label={t('admin-letter-said')}>
                <Said of={one.said} />
                <small>{t('admin-letter-tries', { count: one.tries })}</small>
              </td>
              <td>
                {(one.state === 'failed' || one.state === 'perhaps') && (
                  <Button size="small" onClick={() => void tries(() => again(one.id))}>
                    {t('admin-send-again')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {before !== undefined && (
        <div class="rows-more">
          <Button onClick={() => void tries(more)}>{t('agent-show-more')}</Button>
        </div>
      )}
    </div>
  );
}

function stateWord({ state, due_at }: AdminLetter): string {
  if (state === 'failed') return t('admin-letter-failed');
  if (state === 'perhaps') return t('admin-letter-perhaps');
  if (due_at !== undefined) return t('admin-letter-waits', { at: moment(due_at) });
  return t('admin-letter-sending');
}
