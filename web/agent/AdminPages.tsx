import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { addCatalogue, lang, t } from '../core/i18n.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Pages = typeof import('./admin/pages.tsx');

/** What administrators see, fetched with its words when somebody comes to see it. */
export function AdminPages({ children }: { children: (pages: Pages) => ComponentChildren }) {
  const [pages, setPages] = useState<Pages | 'failed'>();
  const language = lang.value;

  async function fetchThem() {
    setPages(undefined);
    try {
      const [fetched] = await Promise.all([import('./admin/pages.tsx'), addCatalogue('admin')]);
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
  return pages === undefined ? <p role="status">{t('agent-fetching')}</p> : children(pages);
}
