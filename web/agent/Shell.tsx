import type { ComponentChildren } from 'preact';
import type { LiveState } from '../api/live.ts';
import { t } from '../core/i18n.ts';
import { ConnectionState } from '../ui/ConnectionState.tsx';
import { Toasts } from '../ui/Toasts.tsx';
import './shell.css';

interface ShellProps {
  connection: LiveState;
  rail: ComponentChildren;
  search: ComponentChildren;
  availability: ComponentChildren;
  /** The page. */
  children: ComponentChildren;
  dock: ComponentChildren;
}

/** What stands around every page of the agent interface. */
export function Shell({ connection, rail, search, availability, children, dock }: ShellProps) {
  return (
    <div class="shell">
      <a class="skip" href="#page">
        {t('agent-skip')}
      </a>
      {rail}
      <header class="bar">
        {search}
        <ConnectionState state={connection} />
        {availability}
      </header>
      <main id="page" class="page" tabIndex={-1}>
        {children}
      </main>
      {dock}
      <Toasts />
    </div>
  );
}
