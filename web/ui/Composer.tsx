import SendHorizontal from 'lucide/dist/esm/icons/send-horizontal.mjs';
import type { ComponentChildren, Ref } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Icon, type IconShapes } from './Icon.tsx';
import './composer.css';

export interface ComposerProps {
  /** What is typed so far. The caller keeps it, so that it survives a refusal, a reload, a closed window. */
  text: string;
  onText: (text: string) => void;
  onSend: (text: string) => void;
  /** What stands in the empty field and names it. */
  prompt: string;
  /** In code points. */
  limit?: number;
  /** Stands above the field. */
  above?: ComponentChildren;
  /** What else can be done than to write; stands below the field, first. */
  tools?: ComponentChildren;
  /** What is written is a note, which looks and is called different all over. */
  note?: { prompt: string; send: string; icon: IconShapes } | undefined;
  /** Why the last text was not taken. */
  problem?: string | undefined;
  field?: Ref<HTMLTextAreaElement>;
}

/** Where messages are written. Enter sends, Shift+Enter makes a line, and neither while an input method composes. */
export function Composer({
  text,
  onText,
  onSend,
  prompt,
  limit = Number.POSITIVE_INFINITY,
  above,
  tools,
  note,
  problem,
  field,
}: ComposerProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement | null>(null);
  const [, redraw] = useState({});
  const left = room(text, limit);
  const named = note?.send ?? t('chat-send');
  useLayoutEffect(() => grow(area.current), [text]);

  /** The field has the last word: a text expander types and presses Enter before anything is drawn again. */
  function send() {
    const { value } = area.current!;
    area.current!.focus();
    if (value.trim() === '' || room(value, limit) < 0) return;
    onSend(value);
    redraw({});
  }

  return (
    <form
      class={note ? 'composer composer-note' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {above}
      <div class="composer-box">
        <textarea
          ref={(node) => {
            area.current = node;
            if (typeof field === 'function') field(node);
            else if (field) field.current = node;
          }}
          rows={1}
          dir="auto"
          enterkeyhint="send"
          value={text}
          placeholder={note?.prompt ?? prompt}
          aria-label={note?.prompt ?? prompt}
          aria-describedby={`${id}-foot`}
          aria-invalid={left < 0 || problem ? 'true' : undefined}
          onInput={(event) => onText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <div class="composer-foot">
          {tools}
          <p id={`${id}-foot`} class={left < 0 ? 'composer-over' : undefined} aria-live="polite">
            {left < 0 ? t('chat-too-long', { count: -left }) : left < 200 ? t('chat-left', { count: left }) : <Hint />}
          </p>
          <button type="submit" class="composer-send" aria-label={named} title={named}>
            <Icon of={note?.icon ?? SendHorizontal} directional />
            {note?.send}
          </button>
        </div>
      </div>
      {problem && (
        <p class="composer-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function Hint() {
  return <span class="composer-hint">{t('chat-enter-sends')}</span>;
}

/** Whether this key press is the wish to send. An input method reports its own Enter as key code 229. */
export function sends(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'isComposing' | 'keyCode'>): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing && event.keyCode !== 229;
}

/** How many code points still fit; only counted near the limit, where it matters. */
function room(text: string, limit: number): number {
  return text.length < limit * 0.9 ? limit : limit - [...text].length;
}

/** The field grows with its text, in browsers that do not do so by themselves. */
function grow(area: HTMLTextAreaElement | null): void {
  if (!area || CSS.supports('field-sizing', 'content')) return;
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight}px`;
}
