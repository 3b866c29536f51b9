import type { ComponentChildren } from 'preact';
import { go, pathTo, type Route } from './routes.ts';

interface LinkProps {
  to: Route;
  children: ComponentChildren;
  class?: string;
  /** It is where one is. */
  current?: boolean;
}

/** A link to a place of the portal. With a modifier key it is the browser's, as everywhere. */
export function Link({ to, children, class: look, current }: LinkProps) {
  return (
    <a
      href={pathTo(to)}
      class={look}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
