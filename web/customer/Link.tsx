import type { ComponentChildren } from 'preact';
import { go, pathTo, type Route } from './routes.ts';

interface LinkProps {
  to: Route;
  children: ComponentChildren;
  class?: string;
  /** It is where one is. */
  current?: boolean;
  /** What it is called, where what stands in it does not say so. */
  label?: string;
}

/** A link to a place of the portal. With a modifier key it is the browser's, as everywhere. */
export function Link({ to, children, class: look, current, label }: LinkProps) {
  return (
    <a
      href={pathTo(to)}
      class={look}
      aria-label={label}
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
