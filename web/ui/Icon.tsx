import { h } from 'preact';
import './icon.css';

/** Shapes of one of lucide's icons: `import Bell from 'lucide/dist/esm/icons/bell.mjs'`. */
export type IconShapes = [tag: string, attributes: Record<string, string | number>][];

/** Decoration: whoever shows it says the meaning in words. `directional` icons turn round in right-to-left text. */
export function Icon({ of, directional }: { of: IconShapes; directional?: boolean }) {
  return (
    <svg class={directional ? 'icon icon-directional' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
