import Lock from 'lucide/dist/esm/icons/lock.mjs';
import type { ComponentChildren } from 'preact';
import type { Line } from '../core/chat.ts';
import { moment, time } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { copyText } from './copy.ts';
import { Icon } from './Icon.tsx';
import { Linked } from './Linked.tsx';
import { inWords } from './problem.ts';
import './message.css';

interface MessageProps {
  line: Line;
  text: string;
  name: string;
  /** The first of a run: it carries name and time. */
  first: boolean;
  /** The other side has read it, and nothing newer of him. */
  seen?: string | false;
  onRetry?: ((line: Line) => void) | undefined;
  beside?: ComponentChildren;
  /** A file, in place of the text. */
  file?: ComponentChildren;
}

/** A message or note, on its way or delivered: the same element, so that nothing moves when it arrives. */
export function Message({ line, text, name, first, seen, onRetry, beside, file }: MessageProps) {
  const note = line.what.kind === 'note';
  const by = line.mine ? t('chat-you') : name;
  const looks = [
    'message',
    line.mine && 'message-mine',
    note && 'message-note',
    first && 'message-first',
    line.delivery,
  ];
  return (
    <li class={looks.filter(Boolean).join(' ')}>
      <p class={first ? 'message-head' : 'quiet'}>
        {note && <Icon of={Lock} />}
        <bdi>{note ? t('chat-note-by', { name: by }) : by}</bdi>
        <time dir="auto" dateTime={new Date(line.at).toISOString()}>
          {time(line.at)}
        </time>
      </p>
      <div class="message-row">
        {file || (
          <div class="message-bubble" title={moment(line.at)} dir="auto">
            <Linked text={text} />
          </div>
        )}
        {beside}
      </div>
      {(line.delivery === 'waiting' || line.delivery === 'sending') && (
        <p class="message-foot message-pending">{t('chat-sending')}</p>
      )}
      {seen && <p class="message-foot">{seen}</p>}
      {line.delivery === 'failed' && !file && (
        <p class="message-foot message-failed" role="alert">
          {t('chat-not-sent')} {line.problem && inWords(line.problem)}{' '}
          {onRetry && (
            <>
              <Button kind="link" onClick={() => onRetry(line)}>
                {t('chat-try-again')}
              </Button>
              {' · '}
            </>
          )}
          <Button kind="link" onClick={() => void copyText(text)}>
            {t('chat-copy-text')}
          </Button>
        </p>
      )}
    </li>
  );
}
