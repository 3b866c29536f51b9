import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { addCatalogue, lang, t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Pages = typeof import('./pages.ts');

/** The pages of one's account, fetched with their words when somebody comes to see them. */
export function Account({ children }: { children: (pages: Pages) => ComponentChildren }) {
  const [pages, setPages] = useState<Pages | 'failed'>();
  const language = lang.value;

  async function fetchThem() {
    setPages(undefined);
    try {
      const [fetched] = await Promise.all([import('./pages.ts'), addCatalogue('account')]);
      setPages(fetched);
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
  return pages === undefined ? null : children(pages);
}
