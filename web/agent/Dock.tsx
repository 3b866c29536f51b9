import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { useRoving } from '../ui/roving.ts';
import { layout } from './layout.ts';
import './dock.css';

interface DockProps {
  windows: ComponentChildren;
  /** How many windows are open. */
  open: number;
  bars: ComponentChildren;
  minimised: number;
  /** The conversations icon, at the very end. */
  bubble: ComponentChildren;
}

/** The chats of this agent: windows at the lower end, a column beside the page, or a sheet over it. */
export function Dock({ windows, open, bars, minimised, bubble }: DockProps) {
  const list = useRef<HTMLUListElement>(null);
  useRoving(list, '.chat-bar-show');
  return (
    <aside class={`dock dock-${layout.value}${open > 0 ? ' dock-open' : ''}`} aria-label={t('agent-my-chats')}>
      {minimised > 0 && (
        <ul ref={list} class="dock-bars">
          {bars}
        </ul>
      )}
      {windows}
      {bubble}
    </aside>
  );
}
