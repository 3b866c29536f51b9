import type { SearchState } from '../core/archive-search.ts';
import { t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';

interface MoreProps {
  state: SearchState;
  /** Something is shown already. */
  some: boolean;
  /** What stands there while the first ones are fetched. */
  fetching: string;
  /** Why the last page did not come, in words. */
  problem?: string | undefined;
  onMore: () => void;
}

/** How the next page stands, and the way to it. */
export function More({ state, some, fetching, problem, onMore }: MoreProps) {
  return (
    <>
      <div class="home-more" role="status">
        {state === 'failed' && <p>{problem ?? t('problem-unreachable')}</p>}
        {state === 'fetching' && !some && <p class="home-text">{fetching}</p>}
      </div>
      {(state === 'more' || state === 'failed' || (state === 'fetching' && some)) && (
        <Button busy={state === 'fetching'} onClick={onMore}>
          {state === 'failed' ? t('chat-try-again') : t('customer-more')}
        </Button>
      )}
    </>
  );
}
