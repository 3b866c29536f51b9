import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../api/types.ts';
import { t } from '../core/i18n.ts';
import { Button } from './Button.tsx';

interface ClosedProps {
  view: ChatView;
  /** Something is typed that was not sent. */
  unsent: boolean;
  /** The way to a new one, where there is one. */
  onNew?: (() => void) | undefined;
  /** What else can be done with it. */
  children?: ComponentChildren;
}

/** What stands where one wrote once a conversation is over. */
export function Closed({ view, unsent, onNew, children }: ClosedProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The composer that had the keyboard is gone.
    if (document.activeElement === document.body && document.hasFocus()) box.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div ref={box} class="conversation-closed">
      <p>
        {t('widget-closed', { reason: view.closed_reason ?? 'by_agent' })} {unsent && onNew && t('widget-text-goes-on')}
      </p>
      {onNew && (
        <Button kind="primary" onClick={onNew}>
          {t('widget-new')}
        </Button>
      )}
      {children}
    </div>
  );
}
