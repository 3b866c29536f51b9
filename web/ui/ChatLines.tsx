import type { ChatLine } from '../api/types.ts';
import { sameDay, time, weekday } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import './chat-lines.css';

/** A chat as it stands in a ticket: who said what, and quietly what happened. */
export function ChatLines({ lines }: { lines: readonly ChatLine[] }) {
  return (
    <ol class="chat-lines">
      {lines.map((line, n) => {
        const before = lines[n - 1];
        const newDay = before === undefined || !sameDay(before.at, line.at);
        const goesOn = !newDay && before?.by?.name === line.by?.name && before?.note === line.note;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an article never change places.
          <li key={n} class={looks(line)}>
            {newDay && <p class="chat-lines-day">{weekday(line.at)}</p>}
            {line.by && !goesOn && (
              <p class="chat-lines-by">
                <bdi>{line.note ? t('chat-note-by', { name: line.by.name }) : line.by.name}</bdi>
              </p>
            )}
            <p class="chat-lines-text">
              <time dateTime={new Date(line.at).toISOString()}>{time(line.at)}</time>
              <span dir="auto">{line.text ?? t('chat-entry-redacted')}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function looks({ by, note, text }: ChatLine): string {
  const kind = by === undefined ? 'chat-lines-event' : by.kind === 'agent' ? 'chat-lines-agent' : 'chat-lines-external';
  return [kind, note && 'chat-lines-note', text === undefined && 'chat-lines-gone'].filter(Boolean).join(' ');
}
