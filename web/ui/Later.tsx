import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { addCatalogue, lang, t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';

interface LaterProps<P> {
  fetch: () => Promise<P>;
  /** The catalogue with the words of them. */
  words: Parameters<typeof addCatalogue>[0];
  /** Stands there until they have come. */
  meanwhile?: ComponentChildren;
  children: (pages: P) => ComponentChildren;
}

/** Pages that few come to see, fetched with their words when somebody does; a way to try again where that failed. */
export function Later<P>({ fetch, words, meanwhile = null, children }: LaterProps<P>) {
  const [pages, setPages] = useState<{ came: P } | 'failed'>();
  const language = lang.value;

  async function fetchThem() {
    setPages(undefined);
    try {
      const [came] = await Promise.all([fetch(), addCatalogue(words)]);
      setPages({ came });
    } catch {
      setPages('failed');
    }
  }
  useEffect(() => void fetchThem(), [language]);

  if (pages === 'failed') {
    return (
      <Notice kind="danger" action={<Button onClick={() => void fetchThem()}>{t('chat-try-again')}</Button>}>
        {t('problem-unreachable')}
      </Notice>
    );
  }
  return <>{pages === undefined ? meanwhile : children(pages.came)}</>;
}
