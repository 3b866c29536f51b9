import type { ComponentChildren } from 'preact';
import type { ChatView, RequestView, Role } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Log } from '../ui/Log.tsx';
import { WaitingTime } from '../ui/WaitingTime.tsx';
import { agents } from './entries.ts';
import { JoinMenu } from './JoinMenu.tsx';
import { whyNot } from './RequestList.tsx';
import { isAmongAgents, saidBy, typeOf } from './request-type.ts';
import './preview.css';

interface PreviewProps {
  request: RequestView;
  /** Absent until it is there. */
  chat: ChatView | undefined;
  lines: readonly Line[];
  /** How a file looks that stands in place of a text. */
  file?: (line: Line) => ComponentChildren;
  problem?: string | undefined;
  busy: boolean;
  /** The way to another channel, for an owner. */
  move?: ComponentChildren;
  onAccept: () => void;
  onJoin: (role: Role) => void;
  onDecline: () => void;
  onClose: () => void;
}

/** What was said so far, before one accepts or joins. */
export function Preview(props: PreviewProps) {
  const { request, chat, lines, problem, busy, move, onAccept, onJoin, onDecline, onClose } = props;
  const { is, requester: name } = request;
  const taken = chat !== undefined && (is === 'invitation' ? chat.state === 'closed' : chat.state !== 'requested');
  const note = is === 'invitation' && saidBy(request);
  const why = taken ? t('agent-request-gone') : request.can_accept ? undefined : whyNot(request.why_not);
  return (
    <Dialog
      title={request.company ? `${name}, ${request.company}` : name}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common-close')}</Button>
          {is !== 'generic' && (
            <Button
              label={t('agent-decline-whom', { is, name })}
              why={taken ? t('agent-request-gone') : undefined}
              onClick={onDecline}
            >
              {t('agent-decline')}
            </Button>
          )}
          {is === 'invitation' ? (
            <JoinMenu name={name} role={request.role ?? 'observer'} primary busy={busy} why={why} onJoin={onJoin} />
          ) : (
            <Button kind="primary" busy={busy} why={why} onClick={onAccept}>
              {t('agent-accept')}
            </Button>
          )}
        </>
      }
    >
      <dl class="preview-facts">
        <div>
          <dt>{t('agent-column-type')}</dt>
          <dd>{typeOf(request).words}</dd>
        </div>
        {request.with && (
          <div>
            <dt>{t('agent-column-with')}</dt>
            <dd>
              <bdi>{request.with}</bdi>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('agent-column-channel')}</dt>
          <dd>{isAmongAgents(request) ? t('agent-among-agents') : <bdi>{request.channel.name}</bdi>}</dd>
        </div>
        <div>
          <dt>{t('agent-column-waiting')}</dt>
          <dd>
            <WaitingTime since={request.waiting_since} target_s={request.reply_target_s} />
          </dd>
        </div>
      </dl>
      {note && (
        <p class="preview-note">
          <bdi>{note}</bdi>
        </p>
      )}
      <div class="preview-log">
        {chat ? (
          <Log label={t('agent-so-far')} lines={lines} members={chat.members} side={agents} file={props.file} />
        ) : (
          <p class="preview-wait" role="status">
            {problem ?? t('agent-fetching')}
          </p>
        )}
      </div>
      {move}
    </Dialog>
  );
}
