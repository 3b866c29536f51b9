import MessagesSquare from 'lucide/dist/esm/icons/messages-square.mjs';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Icon } from '../ui/Icon.tsx';
import { HoverPanel } from './hover-panel.ts';
import './chats-item.css';

interface ChatsItemProps {
  /** Requests that are counted. */
  waiting: number;
  /** The request list; `close` puts it away. */
  children: (close: () => void) => ComponentChildren;
}

/** The chat symbol of the organizer sidebar. Its request list opens by hovering, by click and by keyboard focus. */
export function ChatsItem({ waiting, children }: ChatsItemProps) {
  const id = useId();
  const item = useRef<HTMLLIElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const panel = useRef<HoverPanel | null>(null);

  useEffect(() => {
    panel.current = new HoverPanel(item.current!, button.current!, setOpen);
    return () => panel.current?.stop();
  }, []);

  return (
    <li ref={item} class="chats-item">
      <button ref={button} type="button" class="rail-item" aria-expanded={open} aria-controls={open ? id : undefined}>
        <span class="rail-symbol">
          <Icon of={MessagesSquare} />
          {waiting > 0 && (
            <span class="rail-count" aria-hidden="true">
              {waiting > 99 ? '99+' : waiting}
            </span>
          )}
        </span>
        {t('agent-chats')}
        {waiting > 0 && <span class="quiet">{t('agent-people-waiting', { count: waiting })}</span>}
      </button>
      {open && (
        <section id={id} class="request-panel" aria-label={t('agent-request-list')}>
          {children(() => panel.current?.close())}
        </section>
      )}
    </li>
  );
}
