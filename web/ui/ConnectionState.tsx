import type { LiveState } from '../api/live.ts';
import { t } from '../core/i18n.ts';
import './connection-state.css';

/** The connection in words, said to screen readers when it changes. */
export function ConnectionState({ state }: { state: LiveState }) {
  return (
    <p class={`connection connection-${state}`} role="status">
      <span class="connection-mark" aria-hidden="true" />
      {t(words[state])}
    </p>
  );
}

const words: Record<LiveState, string> = {
  live: 'common-live',
  connecting: 'common-connecting',
  catching_up: 'common-catching-up',
  offline: 'common-offline',
  ended: 'common-ended',
};
