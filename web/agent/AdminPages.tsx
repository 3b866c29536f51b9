import type { ComponentChildren } from 'preact';
import { t } from '../core/i18n.ts';
import { Later } from '../ui/Later.tsx';

type Pages = typeof import('./admin/pages.tsx');

/** What administrators see. */
export function AdminPages({ children }: { children: (pages: Pages) => ComponentChildren }) {
  return (
    <Later
      fetch={() => import('./admin/pages.tsx')}
      words="admin"
      meanwhile={<p role="status">{t('agent-fetching')}</p>}
    >
      {children}
    </Later>
  );
}
