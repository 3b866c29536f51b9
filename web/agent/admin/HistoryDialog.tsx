import type { AdminSetting, AuditRecord } from '../../api/types.ts';
import { moment } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useLog } from './use-log.ts';
import { nameOf, valueWords } from './words.ts';

interface HistoryDialogProps {
  api: Api;
  setting: AdminSetting;
  /** The value is to be as it was. */
  onBack: (value: string) => void;
  onClose: () => void;
}

/** Who gave a setting which value, the newest first, with the way back to each. */
export function HistoryDialog({ api, setting, onBack, onClose }: HistoryDialogProps) {
  const log = useLog(api, { kind: 'setting', subject: setting.name });
  const value = (json: string) => String(JSON.parse(json));
  return (
    <Dialog title={t('admin-history-of', { name: nameOf(setting) })} onClose={onClose}>
      {log.problem && <Notice kind="danger">{log.problem}</Notice>}
      <p role="status">{log.state === 'end' && log.items.length === 0 && t('admin-no-history')}</p>
      <ul class="setting-history">
        {log.items.map((record: AuditRecord) => (
          <li key={record.n}>
            <span>
              <b>
                <bdi>{valueWords(setting, value(record.old ?? '""'))}</bdi> →{' '}
                <bdi>{valueWords(setting, value(record.new ?? '""'))}</bdi>
              </b>
              <small>
                {record.by === undefined ? t('admin-command-line') : <bdi translate={false}>{record.by_name}</bdi>},{' '}
                <time>{moment(record.at)}</time>
              </small>
            </span>
            {record.old !== undefined && value(record.old) !== setting.value && (
              <Button size="small" onClick={() => onBack(value(record.old!))}>
                {t('admin-set-back', { value: valueWords(setting, value(record.old)) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {log.state === 'more' && <Button onClick={() => void log.more()}>{t('agent-show-more')}</Button>}
    </Dialog>
  );
}
