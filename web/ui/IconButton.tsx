import type { Ref } from 'preact';
import { Icon, type IconShapes } from './Icon.tsx';
import './icon-button.css';

interface IconButtonProps {
  /** What it does, for screen readers and as the tip. */
  label: string;
  icon: IconShapes;
  onClick?: (event: MouseEvent) => void;
  directional?: boolean;
  expanded?: boolean | undefined;
  controls?: string | undefined;
  /** It opens a menu or a dialog. */
  opens?: 'menu' | 'dialog';
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  label,
  icon,
  onClick,
  directional = false,
  expanded,
  controls,
  opens,
  ref,
}: IconButtonProps) {
  return (
    <button
      ref={ref ?? null}
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      aria-controls={controls}
      aria-haspopup={opens}
      onClick={onClick}
    >
      <Icon of={icon} directional={directional} />
    </button>
  );
}
