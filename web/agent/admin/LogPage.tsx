import type { AuditRecord } from '../../api/types.ts';
import { moment } from '../../core/format.ts';
import { has, t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useLog } from './use-log.ts';

/** Everything that was administered: who, when, what, before and after. */
export function LogPage({ api }: { api: Api }) {
  const { items: records, state, problem, more } = useLog(api);
  return (
    <>
      <p class="admin-why">{t('admin-log-why')}</p>
      {problem && (
        <Notice kind="danger" action={<Button onClick={() => void more()}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <div class="card rows admin-rows">
        {records.length > 0 && (
          <table>
            <caption class="quiet">{t('admin-log')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('admin-when')}</th>
                <th scope="col">{t('admin-who')}</th>
                <th scope="col">{t('admin-what')}</th>
                <th scope="col">{t('admin-before')}</th>
                <th scope="col">{t('admin-after')}</th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr key={record.n}>
                  <td class="audit-at">{moment(record.at)}</td>
                  <td>
                    {record.by === undefined ? t('admin-command-line') : <bdi translate={false}>{record.by_name}</bdi>}
                  </td>
                  <th scope="row">
                    <small>{t('admin-kind', { of: record.kind })}</small>
                    {record.kind === 'setting' ? thing(record) : <bdi translate={false}>{thing(record)}</bdi>}
                  </th>
                  <Value label={t('admin-before')} json={record.old} />
                  <Value label={t('admin-after')} json={record.new} />
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div role="status">
          {records.length === 0 && state === 'end' && <p class="rows-none">{t('admin-log-empty')}</p>}
        </div>
        {state !== 'end' && !problem && (
          <div class="rows-more">
            <Button busy={state === 'fetching'} onClick={() => void more()}>
              {t(state === 'fetching' ? 'agent-fetching' : 'agent-show-more')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function thing({ kind, subject, name }: AuditRecord): string {
  if (kind === 'look') return t('admin-look-logo');
  if (kind !== 'setting') return name ?? t('admin-gone');
  return has(`setting-${subject}`) ? t(`setting-${subject}`) : subject;
}

/** What of a thing was or is: a value, or its fields. */
function Value({ label, json }: { label: string; json: string | undefined }) {
  const value: unknown = json === undefined ? undefined : JSON.parse(json);
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  return (
    <td class="audit-value" data-label={label} translate={false}>
      {fields?.map(([field, value]) => (
        <div key={field}>
          <code>{field}</code> <bdi>{shown(value)}</bdi>
        </div>
      )) ?? <bdi>{shown(value)}</bdi>}
    </td>
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return t('admin-nothing');
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
