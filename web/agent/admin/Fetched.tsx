import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../core/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { problemOf } from '../work.ts';

interface FetchedProps<T> {
  fetch: () => Promise<T>;
  /** What is shown of it. `again` fetches it anew, while what was there stays. */
  children: (value: T, again: () => Promise<void>) => ComponentChildren;
}

/** What a page shows, fetched when it opens; a way to try again where that failed. */
export function Fetched<T>({ fetch, children }: FetchedProps<T>) {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<string>();

  async function again(): Promise<void> {
    setProblem(undefined);
    try {
      setValue(await fetch());
    } catch (error) {
      setProblem(problemOf(error));
    }
  }
  useEffect(() => void again(), []);

  return (
    <>
      {problem && (
        <Notice kind="danger" action={<Button onClick={() => void again()}>{t('chat-try-again')}</Button>}>
          {problem}
        </Notice>
      )}
      {value !== undefined && children(value, again)}
      {value === undefined && !problem && <p role="status">{t('agent-fetching')}</p>}
    </>
  );
}
