import ArrowDown from 'lucide/dist/esm/icons/arrow-down.mjs';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MemberView } from '../api/types.ts';
import type { Line } from '../core/chat.ts';
import { minute } from '../core/clock.ts';
import { day, sameDay } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Announcer } from './announcer.ts';
import { Button } from './Button.tsx';
import { isText, type Side } from './entries.ts';
import { Icon } from './Icon.tsx';
import { Message } from './Message.tsx';
import { ScrollPlace } from './scroll.ts';
import './log.css';

/** Layout costs by the row: this many are shown, older ones on demand. */
const SHOWN = 150;
const MORE = 100;
/** Messages of one person in this time stand under one name. */
const RUN_MS = 5 * 60_000;

interface LogProps {
  label: string;
  /** In order. Those on their way come last. */
  lines: readonly Line[];
  members: readonly MemberView[];
  side: Side;
  /** Up to where the other side has read. */
  seen?: number | undefined;
  /** Fetches older lines than the first one; absent when there are none. */
  onOlder?: (() => Promise<void>) | undefined;
  /** The reader has seen everything up to here. */
  onSeen?: ((seq: number) => void) | undefined;
  onRetry?: ((line: Line) => void) | undefined;
  /** What stands beside a message. */
  beside?: ((line: Line) => ComponentChildren) | undefined;
  /** How a file looks that stands in place of a text. */
  file?: ((line: Line) => ComponentChildren) | undefined;
}

/** The message history. It is never read out by itself as a whole: what others write is announced separately. */
export function Log({ label, lines, members, side, seen = 0, onOlder, onSeen, onRetry, beside, file }: LogProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const place = useRef<ScrollPlace | null>(null);
  const [atEnd, setAtEnd] = useState(true);
  /** Away from the newest end, the window begins so many lines before this one, and nothing is taken away above. */
  const [from, setFrom] = useState<{ key: string; before: number }>();
  const [busy, setBusy] = useState(false);
  const lastSeen = useRef<string | undefined>(undefined);

  const start = from ? firstShown(lines, from) : Math.max(0, lines.length - SHOWN);
  const shown = lines.slice(start);
  const first = shown[0]?.key;
  const read = lines.findLast(({ mine, seq, what }) => mine && seq! <= seen && what.kind === 'message');

  useLayoutEffect(() => {
    place.current = new ScrollPlace(box.current!, rows.current!, setAtEnd);
    return () => place.current?.stop();
  }, []);
  useLayoutEffect(() => place.current?.settle());
  useLayoutEffect(() => {
    setFrom((from) => (atEnd || first === undefined ? undefined : (from ?? { key: first, before: 0 })));
  }, [atEnd]);

  if (atEnd) lastSeen.current = lines.at(-1)?.key;
  const below = atEnd ? 0 : unseen(lines, lastSeen.current);
  const said = useAnnouncements(lines, members, side);
  useSeen(lines, atEnd, side, onSeen);

  async function older() {
    place.current?.hold();
    setBusy(true);
    if (start === 0) await onOlder?.();
    setBusy(false);
    if (first !== undefined) setFrom({ key: first, before: MORE });
  }

  return (
    <div class="log">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <div ref={box} class="log-box" role="log" aria-label={label} aria-live="off" tabIndex={0}>
        {(start > 0 || onOlder) && (
          <div class="log-older">
            <Button kind="link" busy={busy} onClick={older}>
              {t('chat-show-older')}
            </Button>
          </div>
        )}
        <ol ref={rows} class="log-rows">
          {shown.flatMap((line, index) => {
            const before = shown[index - 1];
            const member = members.find(({ n }) => n === line.who);
            const newDay = !before || !sameDay(before.at, line.at);
            const row = isText(line.what) ? (
              <Message
                key={line.key}
                line={line}
                text={line.what.text}
                name={member?.name ?? ''}
                first={newDay || !continues(before, line)}
                seen={line === read && t(side.seen)}
                onRetry={onRetry}
                beside={beside?.(line)}
                file={line.what.file && file?.(line)}
              />
            ) : (
              <li key={line.key} class="log-event">
                <bdi>{(side.event ?? side.sentence)(line.what, member, line.mine, members)}</bdi>
              </li>
            );
            return newDay ? [<Day key={`day ${line.key}`} at={line.at} />, row] : [row];
          })}
        </ol>
      </div>
      {!atEnd && (
        <button type="button" class="log-newest" onClick={() => place.current?.toEnd()}>
          <Icon of={ArrowDown} />
          {below > 0 ? t('chat-new-below', { count: below }) : t('chat-to-newest')}
        </button>
      )}
      <p class="quiet" role="status">
        {said}
      </p>
    </div>
  );
}

function Day({ at }: { at: number }) {
  return (
    <li class="log-day" data-passing>
      {day(at, minute.value)}
    </li>
  );
}

function firstShown(lines: readonly Line[], from: { key: string; before: number }): number {
  const at = lines.findIndex((line) => line.key === from.key);
  return at < 0 ? Math.max(0, lines.length - SHOWN) : Math.max(0, at - from.before);
}

function continues(before: Line | undefined, line: Line): boolean {
  return (
    before !== undefined &&
    before.what.kind === line.what.kind &&
    before.who === line.who &&
    line.at - before.at < RUN_MS
  );
}

function unseen(lines: readonly Line[], seen: string | undefined): number {
  const from = lines.findIndex((line) => line.key === seen) + 1;
  return lines.slice(from).filter((line) => isText(line.what) && !line.mine).length;
}

/** What a screen reader is to say: news of others since the history was opened. */
function useAnnouncements(lines: readonly Line[], members: readonly MemberView[], side: Side): string {
  const [said, setSaid] = useState('');
  const heard = useRef<number | undefined>(undefined);
  const announcer = useRef<Announcer | null>(null);
  useEffect(() => {
    const mine = new Announcer((news) => {
      const who = new Set(news.map(({ who }) => who)).size === 1 ? news[0]!.who : '';
      if (news.length === 1) setSaid(who ? `${who}: ${news[0]!.text}` : news[0]!.text);
      else setSaid(t('chat-announce-many', { count: news.length, name: who, named: who ? 'yes' : 'no' }));
    });
    announcer.current = mine;
    return () => mine.stop();
  }, []);
  useEffect(() => {
    const head = lines.findLast(({ seq }) => seq !== undefined)?.seq ?? 0;
    const since = heard.current;
    heard.current = head;
    if (since === undefined) return;
    for (const line of lines.slice(-50)) {
      if (line.seq === undefined || line.seq <= since || line.mine) continue;
      const member = members.find(({ n }) => n === line.who);
      const who = isText(line.what) ? (member?.name ?? '') : '';
      const text = side.sentence(line.what, member, false, members);
      announcer.current?.add({ who, text: line.what.kind === 'note' ? `${t('chat-agents-only')}: ${text}` : text });
    }
  }, [lines]);
  return said;
}

/**
 * Tells how far the reader has come: only what is at the end of a page that he is looking at counts. An agent has many
 * windows and looks at the one with the keyboard; a visitor's panel stands in a page that mostly has the keyboard itself.
 */
function useSeen(lines: readonly Line[], atEnd: boolean, side: Side, onSeen: LogProps['onSeen']): void {
  const tell = useRef(() => {});
  tell.current = () => {
    const seq = lines.findLast(({ seq }) => seq !== undefined)?.seq;
    const looks = document.visibilityState === 'visible' && (!side.manyWindows || document.hasFocus());
    if (atEnd && seq !== undefined && looks) onSeen?.(seq);
  };
  useEffect(() => tell.current(), [lines, atEnd]);
  useEffect(() => {
    const looked = () => tell.current();
    window.addEventListener('focus', looked);
    document.addEventListener('visibilitychange', looked);
    return () => {
      window.removeEventListener('focus', looked);
      document.removeEventListener('visibilitychange', looked);
    };
  }, []);
}
