import { useId, useState } from 'preact/hooks';
import type { AdminChannel, ChannelFields } from '../../api/types.ts';
import { number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { SaveDialog } from '../SaveDialog.tsx';
import { useSave } from '../use-save.ts';
import { problemOf } from '../work.ts';

/** A hundred years. */
const DAYS_MAX = 36_500;
const TARGET_MAX = 86_400;

interface ChannelDialogProps {
  api: Api;
  /** None for a new one. */
  channel: AdminChannel | undefined;
  groups: readonly string[];
  onClose: () => void;
  onChanged: () => Promise<void>;
}

/** A new channel, or what of one can be changed. */
export function ChannelDialog({ api, channel, groups, onClose, onChanged }: ChannelDialogProps) {
  const [fields, setFields] = useState<ChannelFields>(
    channel?.channel ?? {
      name: '',
      group: groups.includes('users') ? 'users' : (groups[0] ?? ''),
      for_customer_users: false,
      for_public_users: false,
      reply_target_s: 60,
      retention_days: 0,
      valid: true,
    },
  );
  const { busy, problem, setProblem, save } = useSave(onClose);
  const id = useId();
  const change = (some: Partial<ChannelFields>) => {
    setProblem(undefined);
    setFields({ ...fields, ...some });
  };

  async function submit(): Promise<string | undefined> {
    try {
      if (channel === undefined) await api.call('POST /api/admin/channels', { body: fields });
      else
        await api.call('PUT /api/admin/channels/{id}', {
          id: channel.id,
          body: { channel: fields, version: channel.version },
        });
      await onChanged();
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  function trySave() {
    if (fields.name.trim() === '') return setProblem(t('admin-needs-name'));
    if (!within(fields.reply_target_s, 1, TARGET_MAX)) {
      return setProblem(t('admin-out-of-bounds', { min: number(1), max: number(TARGET_MAX) }));
    }
    if (!within(fields.retention_days, 0, DAYS_MAX)) {
      return setProblem(t('admin-out-of-bounds', { min: number(0), max: number(DAYS_MAX) }));
    }
    void save(submit());
  }

  return (
    <SaveDialog
      title={channel === undefined ? t('admin-channel-new') : t('admin-channel-change', { name: channel.channel.name })}
      busy={busy}
      problem={problem}
      onSave={trySave}
      onClose={onClose}
    >
      <div class="admin-form">
        <label for={`${id}-name`}>{t('admin-name')}</label>
        <input
          id={`${id}-name`}
          maxLength={200}
          autocomplete="off"
          value={fields.name}
          onInput={(event) => change({ name: event.currentTarget.value })}
        />
        <label for={`${id}-group`}>{t('admin-group')}</label>
        <select
          id={`${id}-group`}
          value={fields.group}
          onChange={(event) => change({ group: event.currentTarget.value })}
        >
          {groups.map((group) => (
            <option key={group} value={group} selected={group === fields.group} translate={false}>
              {group}
            </option>
          ))}
        </select>
        <fieldset>
          <legend>{t('admin-for')}</legend>
          <label>
            <input
              type="checkbox"
              checked={fields.for_customer_users}
              onChange={(event) => change({ for_customer_users: event.currentTarget.checked })}
            />
            {t('admin-for-customers')}
          </label>
          <label>
            <input
              type="checkbox"
              checked={fields.for_public_users}
              onChange={(event) => change({ for_public_users: event.currentTarget.checked })}
            />
            {t('admin-for-visitors')}
          </label>
        </fieldset>
        <label for={`${id}-target`}>{t('admin-reply-target')}</label>
        <input
          id={`${id}-target`}
          inputMode="numeric"
          maxLength={6}
          value={Number.isNaN(fields.reply_target_s) ? '' : fields.reply_target_s}
          onInput={(event) => change({ reply_target_s: Number.parseInt(event.currentTarget.value, 10) })}
        />
        <label for={`${id}-kept`}>{t('admin-retention')}</label>
        <input
          id={`${id}-kept`}
          inputMode="numeric"
          maxLength={6}
          aria-describedby={`${id}-kept-hint`}
          value={Number.isNaN(fields.retention_days) ? '' : fields.retention_days}
          onInput={(event) => change({ retention_days: Number.parseInt(event.currentTarget.value, 10) })}
        />
        <p id={`${id}-kept-hint`} class="field-hint">
          {t('admin-retention-hint')}
        </p>
        {channel && !channel.is_default && (
          <label>
            <input
              type="checkbox"
              checked={fields.valid}
              onChange={(event) => change({ valid: event.currentTarget.checked })}
            />
            {t('admin-valid')}
          </label>
        )}
        {channel && channel.used_by.length > 0 && (
          <p class="field-hint">{t('admin-used-by', { names: channel.used_by.join(', ') })}</p>
        )}
      </div>
    </SaveDialog>
  );
}

const within = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;
