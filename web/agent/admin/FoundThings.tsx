import Plus from 'lucide/dist/esm/icons/plus.mjs';
import type { ComponentChildren } from 'preact';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { useFound } from './use-found.ts';

interface FoundThingsProps<T> {
  found: ReturnType<typeof useFound<T>>;
  find: string;
  none: (q: string) => string;
  /** Not where they come by themselves. */
  add?: { label: string; onAdd: () => void };
  children: (found: readonly T[]) => ComponentChildren;
}

/** A search field, the way to a new thing, and what was found. */
export function FoundThings<T>({ found: all, find, none, add, children }: FoundThingsProps<T>) {
  const { found, problem, wanted } = all;
  return (
    <>
      <div class="admin-bar">
        <SearchField label={find} value={wanted} maxLength={100} onSearch={all.setWanted} />
        {add && (
          <Button size="small" icon={Plus} onClick={add.onAdd}>
            {add.label}
          </Button>
        )}
      </div>
      {problem && (
        <Notice kind="danger" action={<Button onClick={() => void all.again()}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      <p role="status" class={found?.length === 0 ? 'rows-none' : 'quiet'}>
        {found === undefined ? t('agent-fetching') : found.length === 0 && none(wanted)}
      </p>
      {found && found.length > 0 && children(found)}
    </>
  );
}
