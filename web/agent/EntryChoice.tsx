import { useState } from 'preact/hooks';
import type { ChatStore } from '../core/chat.ts';
import { time } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { isText } from '../ui/entries.ts';
import './entry-choice.css';

interface EntryChoiceProps {
  chat: ChatStore;
  /** What goes into the ticket, by number; everything where it is not there. */
  taken: readonly number[] | undefined;
  onTake: (taken: readonly number[] | undefined) => void;
}

/** The whole chat, or which of its texts go into a ticket. */
export function EntryChoice({ chat, taken, onTake }: EntryChoiceProps) {
  const [busy, setBusy] = useState(false);
  const texts = chat.entries.value.filter(({ what }) => isText(what));
  const members = chat.view.value?.members ?? [];
  const all = texts.map(({ seq }) => seq);
  async function older() {
    setBusy(true);
    await chat.loadOlder();
    setBusy(false);
  }
  return (
    <>
      <label class="tick">
        <input
          type="checkbox"
          checked={taken !== undefined}
          onChange={(event) => onTake(event.currentTarget.checked ? all : undefined)}
        />
        {t('agent-only-part')}
      </label>
      {taken && (
        <fieldset class="entry-choice">
          <legend>
            {t('agent-part-count', { count: taken.length })}{' '}
            <Button kind="link" onClick={() => onTake(taken.length > 0 ? [] : all)}>
              {t(taken.length > 0 ? 'agent-part-none' : 'agent-part-all')}
            </Button>
          </legend>
          {chat.older.value !== 'none' && (
            <Button size="small" busy={busy} onClick={() => void older()}>
              {t('chat-show-older')}
            </Button>
          )}
          {texts.map(({ seq, at, who, what }) => (
            <label key={seq}>
              <input
                type="checkbox"
                checked={taken.includes(seq)}
                onChange={(event) =>
                  onTake(event.currentTarget.checked ? [...taken, seq] : taken.filter((it) => it !== seq))
                }
              />
              <span>
                <small>
                  {what.kind === 'note' ? t('chat-note-by', { name: nameOf(who) }) : <bdi>{nameOf(who)}</bdi>}{' '}
                  <time dateTime={new Date(at).toISOString()}>{time(at)}</time>
                </small>
                <span dir="auto">{isText(what) && what.text}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );

  function nameOf(who: number | undefined): string {
    return members.find(({ n }) => n === who)?.name ?? '';
  }
}
