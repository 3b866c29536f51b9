import type { ComponentChildren } from 'preact';
import { Later } from '../ui/Later.tsx';

type Pages = typeof import('./pages.ts');

/** The pages of one's account. */
export function Account({ children }: { children: (pages: Pages) => ComponentChildren }) {
  return (
    <Later fetch={() => import('./pages.ts')} words="account">
      {children}
    </Later>
  );
}
