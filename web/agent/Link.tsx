import type { ComponentChildren } from 'preact';
import { go, pathTo, type Route, route } from './routes.ts';

interface LinkProps {
  to: Route;
  class?: string;
  current?: boolean;
  /** What it says where it shows only an icon. */
  label?: string;
  children: ComponentChildren;
}

/**
 * A real link, so that a new tab or a copied address work; a plain click stays in the page. A chat that has the browser
 * window for itself keeps it: from there links lead to another one.
 */
export function Link({ to, current, label, children, ...rest }: LinkProps) {
  const beside = route.value.at === 'chat';
  return (
    <a
      {...rest}
      href={pathTo(to)}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      target={beside ? '_blank' : undefined}
      onClick={(event) => {
        if (beside) return;
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
