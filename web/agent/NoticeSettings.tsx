import { useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import type { Tried } from './notices.ts';
import './notice-settings.css';

interface NoticeSettingsProps {
  /** Whether the browser may show notifications; `undefined` where it never will. */
  permission: NotificationPermission | undefined;
  onAllow: () => void;
  sound: boolean;
  onSound: (on: boolean) => void;
  /** Shows a notification and rings, for a try. */
  onTry: () => Promise<Tried>;
  onClose: () => void;
}

/** How this browser tells an agent that somebody waits, and a way to try it out. */
export function NoticeSettings({ permission, onAllow, sound, onSound, onTry, onClose }: NoticeSettingsProps) {
  const [rings, setRings] = useState(sound);
  const [tried, setTried] = useState<Tried>();
  const is = permission ?? 'missing';
  const words = t('agent-notifications', { is });

  function choose(on: boolean) {
    setRings(on);
    onSound(on);
  }

  return (
    <Dialog title={t('agent-notices')} onClose={onClose}>
      <div class="notice-settings">
        {is === 'denied' ? (
          <div role="alert">
            <Notice kind="danger">{words}</Notice>
          </div>
        ) : (
          <p>{words}</p>
        )}
        {is === 'default' && (
          <Button size="small" onClick={onAllow}>
            {t('agent-allow-notifications')}
          </Button>
        )}
        <label>
          <input type="checkbox" checked={rings} onChange={(event) => choose(event.currentTarget.checked)} />
          {t('agent-sound')}
        </label>
        <p class="notice-settings-hint">{t('agent-sound-hint')}</p>
        <Button size="small" onClick={async () => setTried(await onTry())}>
          {t('agent-try-notices')}
        </Button>
        <p role="status" class="notice-settings-hint">
          {tried &&
            `${t('agent-tried-notice', { is: outcome(tried, is) })} ${t('agent-tried-sound', { is: heard(tried) })}`}
        </p>
      </div>
    </Dialog>
  );
}

const outcome = ({ shown }: Tried, is: string) => (shown ? 'shown' : is === 'granted' ? 'failed' : is);
const heard = ({ rang }: Tried) => (rang === undefined ? 'off' : rang ? 'rang' : 'failed');
