import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import type { AdminQueue, AdminQueues, QueueFields } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Button } from '../../ui/Button.tsx';
import { SaveDialog } from '../SaveDialog.tsx';
import { Fetched } from './Fetched.tsx';
import { ChoiceRow, TextRow, TickRow } from './form-rows.tsx';
import { Said, Things } from './Things.tsx';
import { useTries } from './use-tries.ts';

/** All queues, invalid ones too. */
export function QueuesPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/queues')}>
      {(all, again) => <Queues api={api} all={all} onChanged={again} />}
    </Fetched>
  );
}

interface QueuesProps {
  api: Api;
  all: AdminQueues;
  onChanged: () => Promise<void>;
}

function Queues({ api, all, onChanged }: QueuesProps) {
  const [open, setOpen] = useState<AdminQueue | 'new'>();
  return (
    <>
      <p class="admin-why">{t('admin-queues-why')}</p>
      <div class="admin-bar">
        <Button size="small" icon={Plus} onClick={() => setOpen('new')}>
          {t('admin-queue-new')}
        </Button>
      </div>
      <Things
        caption={t('admin-queues')}
        things={all.queues}
        columns={[
          {
            head: t('admin-queue'),
            cell: ({ queue }) => (
              <>
                <Said of={queue.name} />
                {queue.comment && (
                  <small>
                    <Said of={queue.comment} />
                  </small>
                )}
              </>
            ),
          },
          { head: t('admin-group'), cell: ({ queue }) => <Said of={queue.group} /> },
          { head: t('admin-channel'), cell: ({ queue }) => <Said of={queue.channel} /> },
        ]}
        valid={({ queue }) => queue.valid}
        changeLabel={({ queue: { name } }) => t('admin-queue-change', { name })}
        onChange={setOpen}
      />
      {open && (
        <QueueDialog
          api={api}
          queue={open === 'new' ? undefined : open}
          all={all}
          onChanged={onChanged}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

interface QueueDialogProps extends QueuesProps {
  /** None for a new one. */
  queue: AdminQueue | undefined;
  onClose: () => void;
}

function QueueDialog({ api, queue, all, onChanged, onClose }: QueueDialogProps) {
  const { groups, channels } = all;
  const [fields, setFields] = useState<QueueFields>(
    queue?.queue ?? {
      name: '',
      group: groups.includes('users') ? 'users' : (groups[0] ?? ''),
      valid: true,
      comment: '',
    },
  );
  const { busy, problem, setProblem, tries } = useTries();
  const change = (some: Partial<QueueFields>) => setFields({ ...fields, ...some });

  function save() {
    if (fields.name.trim() === '') return setProblem(t('admin-needs-name'));
    void tries(async () => {
      if (queue === undefined) await api.call('POST /api/admin/queues', { body: fields });
      else
        await api.call('PUT /api/admin/queues/{id}', { id: queue.id, body: { queue: fields, version: queue.version } });
      await onChanged();
      onClose();
    });
  }

  // The channel of a queue may have become invalid: it stays chosen until another one is.
  const offered = fields.channel && !channels.includes(fields.channel) ? [fields.channel, ...channels] : channels;
  return (
    <SaveDialog
      title={queue === undefined ? t('admin-queue-new') : t('admin-queue-change', { name: queue.queue.name })}
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
        <ChoiceRow
          label={t('admin-queue-channel')}
          value={fields.channel ?? ''}
          choices={offered}
          none={t('admin-no-channel')}
          onChoice={(channel) => {
            const { channel: _, ...others } = fields;
            setFields(channel === '' ? others : { ...fields, channel });
          }}
        />
        <TextRow
          label={t('admin-comment')}
          value={fields.comment}
          maxLength={1000}
          onText={(comment) => change({ comment })}
        />
        {queue && <TickRow label={t('admin-valid')} checked={fields.valid} onTick={(valid) => change({ valid })} />}
      </div>
    </SaveDialog>
  );
}
