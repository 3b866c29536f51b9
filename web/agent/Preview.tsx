import type { ChatView, RequestView } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Log } from '../ui/Log.tsx';
import { WaitingTime } from '../ui/WaitingTime.tsx';
import { whyNot } from './RequestList.tsx';
import './preview.css';

interface PreviewProps {
  request: RequestView;
  /** Absent until it is there. */
  chat: ChatView | undefined;
  lines: readonly Line[];
  problem?: string | undefined;
  busy: boolean;
  onAccept: () => void;
  onClose: () => void;
}

/** What was said so far, before one accepts. */
export function Preview({ request, chat, lines, problem, busy, onAccept, onClose }: PreviewProps) {
  const taken = chat !== undefined && chat.state !== 'requested';
  return (
    <Dialog
      title={request.company ? `${request.requester}, ${request.company}` : request.requester}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-close')}</Button>
          <Button
            kind="primary"
            busy={busy}
            why={taken ? t('agent-request-gone') : request.can_accept ? undefined : whyNot(request.why_not)}
            onClick={onAccept}
          >
            {t('agent-accept')}
          </Button>
        </>
      }
    >
      <dl class="preview-facts">
        <dt>{t('agent-column-type')}</dt>
        <dd>{t('agent-kind', { is: request.kind })}</dd>
        <dt>{t('agent-column-channel')}</dt>
        <dd>
          <bdi>{request.channel.name}</bdi>
        </dd>
        <dt>{t('agent-column-waiting')}</dt>
        <dd>
          <WaitingTime since={request.waiting_since} target_s={request.reply_target_s} />
        </dd>
      </dl>
      <div class="preview-log">
        {chat ? (
          <Log label={t('agent-so-far')} lines={lines} members={chat.members} side="agent" />
        ) : (
          <p class="preview-wait" role="status">
            {problem ?? t('agent-fetching')}
          </p>
        )}
      </div>
    </Dialog>
  );
}
