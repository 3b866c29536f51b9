import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** One stop for the Tab key in a list; arrows, Home and End move inside. `items` selects what can have the focus. */
export function useRoving(list: RefObject<HTMLElement | null>, items: string): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const all = () => [...box.querySelectorAll<HTMLElement>(items)];
    const stop = (at: HTMLElement | undefined) => {
      last.current = at ?? null;
      for (const item of all()) item.tabIndex = item === at ? 0 : -1;
    };
    stop(all().find((item) => item === last.current) ?? all()[0]);
    const focused = (event: FocusEvent) => {
      const item = all().find((item) => item.contains(event.target as Node));
      if (item) stop(item);
    };
    const pressed = (event: KeyboardEvent) => {
      const at = all().indexOf(document.activeElement as HTMLElement);
      const to = at < 0 ? undefined : leadsTo(event.key, at, all().length);
      if (to === undefined) return;
      event.preventDefault();
      all()[to]?.focus();
    };
    box.addEventListener('focusin', focused);
    box.addEventListener('keydown', pressed);
    return () => {
      box.removeEventListener('focusin', focused);
      box.removeEventListener('keydown', pressed);
    };
  });
}

function leadsTo(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
