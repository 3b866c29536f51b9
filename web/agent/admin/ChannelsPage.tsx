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
      <div class="card rows admin-rows">
        <table>
          <caption class="quiet">{t('admin-channels')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('admin-channel')}</th>
              <th scope="col">{t('admin-group')}</th>
              <th scope="col">{t('admin-for')}</th>
              <th scope="col">{t('admin-kept')}</th>
              <th scope="col">
                <span class="quiet">{t('admin-change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.channels.map((one) => (
              <tr key={one.id} class={one.channel.valid ? undefined : 'admin-off'}>
                <th scope="row">
                  <bdi>{one.channel.name}</bdi> {one.is_default && <Badge>{t('admin-is-default')}</Badge>}{' '}
                  {!one.channel.valid && <Badge>{t('admin-invalid')}</Badge>}
                </th>
                <td data-label={t('admin-group')}>
                  <bdi translate={false}>{one.channel.group}</bdi>
                </td>
                <td data-label={t('admin-for')}>{audience(one)}</td>
                <td data-label={t('admin-kept')}>{kept(one.channel.retention_days)}</td>
                <td>
                  <Button
                    size="small"
                    label={t('admin-channel-change', { name: one.channel.name })}
                    onClick={() => setOpen(one)}
                  >
                    {t('admin-change')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
