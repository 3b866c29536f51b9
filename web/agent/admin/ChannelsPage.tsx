import Plus from 'lucide/dist/esm/icons/plus.mjs';
import { useState } from 'preact/hooks';
import type { AdminChannel, AdminChannels } from '../../api/types.ts';
import { number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';
import type { Api } from '../../core/server.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChannelDialog } from './ChannelDialog.tsx';
import { Fetched } from './Fetched.tsx';
import { Said, Things } from './Things.tsx';

/** All chat channels, invalid ones too. */
export function ChannelsPage({ api }: { api: Api }) {
  return (
    <Fetched fetch={() => api.call('GET /api/admin/channels')}>
      {(all, again) => <Channels api={api} all={all} onChanged={again} />}
    </Fetched>
  );
}

interface ChannelsProps {
  api: Api;
  all: AdminChannels;
  onChanged: () => Promise<void>;
}

function Channels({ api, all, onChanged }: ChannelsProps) {
  const [open, setOpen] = useState<AdminChannel | 'new'>();
  return (
    <>
      <p class="admin-why">{t('admin-channels-why')}</p>
      <div class="admin-bar">
        <Button size="small" icon={Plus} onClick={() => setOpen('new')}>
          {t('admin-channel-new')}
        </Button>
      </div>
      <Things
        caption={t('admin-channels')}
        things={all.channels}
        columns={[
          { head: t('admin-channel'), cell: (one) => <Name of={one} /> },
          { head: t('admin-group'), cell: ({ channel }) => <Said of={channel.group} /> },
          { head: t('admin-for'), cell: audience },
          {
            head: t('admin-hours'),
            cell: ({ channel }) => t(channel.hours ? 'admin-hours-some' : 'admin-hours-always'),
          },
          { head: t('admin-kept'), cell: ({ channel }) => kept(channel.retention_days) },
        ]}
        valid={({ channel }) => channel.valid}
        changeLabel={({ channel: { name } }) => t('admin-channel-change', { name })}
        onChange={setOpen}
      />
      {open && (
        <ChannelDialog
          api={api}
          channel={open === 'new' ? undefined : open}
          groups={all.groups}
          onClose={() => setOpen(undefined)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}

function Name({ of: { channel, is_default } }: { of: AdminChannel }) {
  return (
    <>
      <Said of={channel.name} /> {is_default && <Badge>{t('admin-is-default')}</Badge>}
      {channel.comment && (
        <small>
          <Said of={channel.comment} />
        </small>
      )}
    </>
  );
}

function audience({ channel }: AdminChannel): string {
  const all = [
    channel.for_customer_users && t('admin-for-customers'),
    channel.for_public_users && t('admin-for-visitors'),
  ].filter(Boolean);
  return all.length === 0 ? t('admin-for-agents') : all.join(', ');
}

function kept(days: number): string {
  return days === 0 ? t('admin-kept-for-ever') : t('admin-kept-days', { count: days, days: number(days) });
}
