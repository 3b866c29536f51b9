import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { serviceName } from '../core/look.ts';
import { showCount } from '../core/notices.ts';
import { Icon } from '../ui/Icon.tsx';
import { Asked, whoAsks } from './Asked.tsx';
import { keepNoticed } from './notices.ts';
import { WindowContent } from './WindowContent.tsx';
import type { ChatWindow } from './window.ts';
import './chat-corner.css';

/** The button bottom right, and the window that it opens. */
export function ChatCorner({ chats }: { chats: ChatWindow }) {
  const launcher = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLElement>(null);
  const open = chats.open.value;
  const unread = chats.unread.value;
  const asked = chats.asked.value;
  const count = unread + asked.length;
  const title = serviceName() ?? t('customer-title');
  useEffect(() => {
    showCount(count, title);
  }, [count, title]);
  useEffect(() => keepNoticed(chats), [chats]);
  useEffect(() => {
    // Not from a field: who was quicker than this goes on where he is.
    if (open && !document.activeElement?.matches('.corner :is(input, textarea)')) focusInside(box.current);
  }, [open, chats.lobby.ready.value]);

  const newest = asked.at(-1);
  /** Something else is there than before: the keyboard goes where one goes on. */
  const moved = () =>
    setTimeout(() => {
      if (chats.open.peek()) focusInside(box.current);
      else launcher.current?.focus();
    });

  function shut() {
    chats.open.value = false;
    launcher.current?.focus();
  }

  return (
    <div class={open ? 'corner corner-open' : 'corner'}>
      <p class="quiet" role="status">
        {newest && `${whoAsks(newest)}: ${newest.last_text ?? ''}`}
      </p>
      {!open && <Asked chats={chats} onMove={moved} />}
      <button
        ref={launcher}
        type="button"
        class="corner-button"
        aria-expanded={open}
        aria-label={open ? t('customer-close-chat') : undefined}
        onClick={() => chats.toggle()}
      >
        <Icon of={open ? ChevronDown : MessageCircle} />
        {!open && t('customer-open-chat')}
        {!open && count > 0 && (
          <span class="corner-unread">
            <span aria-hidden="true">{count}</span>
            {asked.length > 0 && <span class="quiet">{t('customer-asked', { count: asked.length })} </span>}
            {unread > 0 && <span class="quiet">{t('customer-unread', { count: unread })}</span>}
          </span>
        )}
      </button>
      {open && (
        <section
          ref={box}
          class="corner-window"
          aria-label={t('customer-chat')}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
            // A dialog has it first.
            if (!document.querySelector('dialog[open]')) shut();
          }}
        >
          <WindowContent chats={chats} onShut={shut} onMove={moved} />
        </section>
      )}
    </div>
  );
}

/** To where one would write, else to the first thing to press. */
function focusInside(box: HTMLElement | null): void {
  box?.querySelector<HTMLElement>('textarea, .conversation-closed button, .corner-list button')?.focus();
}
