import type { ComponentChildren } from 'preact';
import { go, pathTo, type Route } from './routes.ts';

interface LinkProps {
  to: Route;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

/** A real link, so that a new tab or a copied address work; a plain click stays in the page. */
export function Link({ to, current, children, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={pathTo(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
