import type { ComponentChildren, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconShapes } from './Icon.tsx';
import './button.css';

interface ButtonProps {
  children: ComponentChildren;
  onClick?: (event: MouseEvent) => void;
  kind?: 'primary' | 'plain' | 'quiet' | 'danger' | 'link';
  size?: 'small';
  icon?: IconShapes;
  type?: 'button' | 'submit';
  /** Why it cannot be used now. The button stays reachable and says so. */
  why?: string | undefined;
  /** It was pressed and the answer is on its way. */
  busy?: boolean | undefined;
  label?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  onClick,
  kind = 'plain',
  size,
  icon,
  type = 'button',
  why,
  busy,
  label,
  ref,
}: ButtonProps) {
  const reason = useId();
  const off = why !== undefined || busy === true;
  return (
    <>
      <button
        ref={ref ?? null}
        type={type}
        class={`button button-${kind}${size ? ` button-${size}` : ''}`}
        aria-disabled={off || undefined}
        aria-busy={busy || undefined}
        aria-label={label}
        aria-describedby={why ? reason : undefined}
        title={why}
        onClick={(event) => {
          if (off) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {icon && <Icon of={icon} />}
        {children}
      </button>
      {why && (
        <span id={reason} class="quiet">
          {why}
        </span>
      )}
    </>
  );
}
