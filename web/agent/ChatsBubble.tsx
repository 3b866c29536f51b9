import MessagesSquare from 'lucide/dist/esm/icons/messages-square.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ChatSummary } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { placeBeside, unseenUntilPlaced } from '../ui/place.ts';
import { MyChats } from './MyChats.tsx';
import './chats-bubble.css';

interface ChatsBubbleProps {
  chats: readonly ChatSummary[];
  /** In all of them. */
  unread: number;
  onShow: (chat: string) => void;
}

/** The conversations icon bottom right. It opens the list of this agent's conversations. */
export function ChatsBubble({ chats, unread, onShow }: ChatsBubbleProps) {
  const id = useId();
  // When, and 0 while it is shut: shut and opened in one go it is told of only once, and must be placed all the same.
  const [openedAt, setOpenedAt] = useState(0);
  const open = openedAt > 0;
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const shut = () => panel.current?.hidePopover?.();

  // Once it has its content: only then is its height known.
  useEffect(() => {
    if (!openedAt || !panel.current || !button.current) return;
    placeBeside(panel.current, button.current, 8);
    const first = panel.current.querySelector<HTMLElement>('.my-chat') ?? panel.current.querySelector('button');
    first?.focus();
  }, [openedAt]);

  return (
    <div class="bubble">
      <button
        ref={button}
        type="button"
        class="bubble-button"
        aria-expanded={open}
        popovertarget={id}
        title={t('agent-conversations')}
      >
        <Icon of={MessagesSquare} />
        <span class="bubble-name">{t('agent-conversations')}</span>
        {unread > 0 && (
          <span class="bubble-count">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span class="quiet">{t('agent-conversations-unread', { count: unread })}</span>
          </span>
        )}
      </button>
      <section
        ref={panel}
        id={id}
        class="bubble-panel"
        popover="auto"
        aria-label={t('agent-conversations')}
        onBeforeToggle={unseenUntilPlaced}
        onToggle={(event) => setOpenedAt(event.newState === 'open' ? event.timeStamp : 0)}
      >
        {open && (
          <>
            <div class="bubble-head">
              <h2>{t('agent-conversations')}</h2>
              <IconButton label={t('common-close')} icon={X} onClick={shut} />
            </div>
            <MyChats
              chats={chats}
              unread={(chat) => chat.unread}
              onShow={(chat) => {
                shut();
                onShow(chat);
              }}
            />
          </>
        )}
      </section>
    </div>
  );
}
