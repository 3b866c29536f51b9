import { useState } from 'preact/hooks';
import type { MyChannel } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSave } from './use-save.ts';
import './my-channels.css';

interface MyChannelsProps {
  channels: readonly MyChannel[];
  /** Whether the browser may show notifications; `undefined` where it never will. */
  notifications: NotificationPermission | undefined;
  onNotifications: () => void;
  /** Shows a notification for a try. False if the browser did not. */
  onTest: () => boolean;
  /** Answers with what went wrong, if anything. */
  onSave: (channels: string[]) => Promise<string | undefined>;
  onClose: () => void;
}

/** My Chat Channels, and whether the browser tells of requests in them. */
export function MyChannels({ channels, notifications, onNotifications, onTest, onSave, onClose }: MyChannelsProps) {
  const [chosen, setChosen] = useState(
    new Set(channels.filter(({ selected }) => selected).map(({ channel }) => channel.id)),
  );
  const { busy, problem, save } = useSave(onClose);

  function tick(id: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  }

  return (
    <Dialog
      title={t('agent-my-channels')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void save(onSave([...chosen]))}>
            {t('agent-save')}
          </Button>
        </>
      }
    >
      <fieldset class="my-channels">
        <legend>{t('agent-my-channels-why')}</legend>
        {channels.length === 0 && <p>{t('agent-no-channels-offered')}</p>}
        {channels.map(({ channel }) => (
          <label key={channel.id}>
            <input
              type="checkbox"
              checked={chosen.has(channel.id)}
              onChange={(event) => tick(channel.id, event.currentTarget.checked)}
            />
            <bdi>{channel.name}</bdi>
          </label>
        ))}
      </fieldset>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      {notifications !== undefined && (
        <Notifications permission={notifications} onAllow={onNotifications} onTest={onTest} />
      )}
    </Dialog>
  );
}

interface NotificationsProps {
  permission: NotificationPermission;
  onAllow: () => void;
  onTest: () => boolean;
}

/** Whether the browser tells, how to let it, and a way to try it out. */
function Notifications({ permission, onAllow, onTest }: NotificationsProps) {
  const [shown, setShown] = useState<boolean>();
  const words = t('agent-notifications', { is: permission });
  if (permission === 'denied') {
    return (
      <div role="alert">
        <Notice kind="danger">{words}</Notice>
      </div>
    );
  }
  return (
    <div class="my-channels-notify">
      <p>{words}</p>
      {permission === 'default' ? (
        <Button size="small" onClick={onAllow}>
          {t('agent-allow-notifications')}
        </Button>
      ) : (
        <Button size="small" onClick={() => setShown(onTest())}>
          {t('agent-test-notification')}
        </Button>
      )}
      <p role="status" class="my-channels-test">
        {shown !== undefined && t(shown ? 'agent-test-sent' : 'agent-test-failed')}
      </p>
    </div>
  );
}
