import { useState } from 'preact/hooks';
import type { AdminChannel, ChannelFields } from '../../api/types.ts';
import { number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { SaveDialog } from '../SaveDialog.tsx';
import { ChannelTexts } from './ChannelTexts.tsx';
import { ChoiceRow, TextRow, TickRow } from './form-rows.tsx';
import { HoursFields, readHours, type TypedHours, writeHours } from './HoursFields.tsx';
import { useTries } from './use-tries.ts';

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
      comment: '',
      texts: [],
    },
  );
  const [hours, setHours] = useState<TypedHours | undefined>(fields.hours && writeHours(fields.hours));
  const { busy, problem, setProblem, tries } = useTries();
  const change = (some: Partial<ChannelFields>) => {
    setProblem(undefined);
    setFields({ ...fields, ...some });
  };

  function save() {
    if (fields.name.trim() === '') return setProblem(t('admin-needs-name'));
    if (!within(fields.reply_target_s, 1, TARGET_MAX)) {
      return setProblem(t('admin-out-of-bounds', { min: number(1), max: number(TARGET_MAX) }));
    }
    if (!within(fields.retention_days, 0, DAYS_MAX)) {
      return setProblem(t('admin-out-of-bounds', { min: number(0), max: number(DAYS_MAX) }));
    }
    const read = hours && readHours(hours);
    if (typeof read === 'string') return setProblem(read);
    const { hours: _, ...others } = fields;
    const body: ChannelFields = read ? { ...others, hours: read } : others;
    void tries(async () => {
      if (channel === undefined) await api.call('POST /api/admin/channels', { body });
      else
        await api.call('PUT /api/admin/channels/{id}', {
          id: channel.id,
          body: { channel: body, version: channel.version },
        });
      await onChanged();
      onClose();
    });
  }

  return (
    <SaveDialog
      title={channel === undefined ? t('admin-channel-new') : t('admin-channel-change', { name: channel.channel.name })}
      busy={busy}
      problem={problem}
      onSave={save}
      onClose={onClose}
    >
      <div class="admin-form">
        <TextRow label={t('admin-name')} value={fields.name} maxLength={200} onText={(name) => change({ name })} />
        <ChoiceRow
          label={t('admin-group')}
          value={fields.group}
          choices={groups}
          onChoice={(group) => change({ group })}
        />
        <fieldset>
          <legend>{t('admin-for')}</legend>
          <TickRow
            label={t('admin-for-customers')}
            checked={fields.for_customer_users}
            onTick={(for_customer_users) => change({ for_customer_users })}
          />
          <TickRow
            label={t('admin-for-visitors')}
            checked={fields.for_public_users}
            onTick={(for_public_users) => change({ for_public_users })}
          />
        </fieldset>
        <TextRow
          label={t('admin-reply-target')}
          value={digits(fields.reply_target_s)}
          maxLength={6}
          inputMode="numeric"
          onText={(text) => change({ reply_target_s: Number.parseInt(text, 10) })}
        />
        <TextRow
          label={t('admin-retention')}
          value={digits(fields.retention_days)}
          maxLength={6}
          inputMode="numeric"
          hint={t('admin-retention-hint')}
          onText={(text) => change({ retention_days: Number.parseInt(text, 10) })}
        />
        <HoursFields
          hours={hours}
          onHours={(hours) => {
            setProblem(undefined);
            setHours(hours);
          }}
        />
        <ChannelTexts texts={fields.texts} onTexts={(texts) => change({ texts })} />
        <TextRow
          label={t('admin-comment')}
          value={fields.comment}
          maxLength={1000}
          onText={(comment) => change({ comment })}
        />
        {channel && !channel.is_default && (
          <TickRow label={t('admin-valid')} checked={fields.valid} onTick={(valid) => change({ valid })} />
        )}
        {channel && channel.used_by.length > 0 && (
          <p class="field-hint">{t('admin-used-by', { names: channel.used_by.join(', ') })}</p>
        )}
      </div>
    </SaveDialog>
  );
}

const within = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;
const digits = (value: number) => (Number.isNaN(value) ? '' : String(value));
