import type { ChatView } from '../api/types.ts';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import './closed-foot.css';

interface ClosedFootProps {
  chat: ChatView;
  onAccept?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}

/** Stands where one would write, and says why one cannot. */
export function ClosedFoot({ chat, onAccept, onRemove }: ClosedFootProps) {
  const why =
    chat.state === 'closed'
      ? t('agent-closed', { reason: chat.closed_reason ?? 'by_agent', at: moment(chat.closed_at ?? chat.created_at) })
      : chat.state === 'requested'
        ? t('agent-waits-in-channel', { channel: chat.channel.name })
        : t('agent-read-only');
  return (
    <div class="closed-foot">
      <p>{why}</p>
      {onAccept && chat.can.includes('accept') && (
        <Button size="small" kind="primary" onClick={onAccept}>
          {t('agent-accept')}
        </Button>
      )}
      {onRemove && (
        <Button size="small" onClick={onRemove}>
          {t('agent-put-away')}
        </Button>
      )}
    </div>
  );
}
