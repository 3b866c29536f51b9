import type { ComponentChildren } from 'preact';
import './badge.css';

interface BadgeProps {
  children: ComponentChildren;
  /** `lamp` only ever means that a person is waiting. */
  kind?: 'count' | 'lamp' | 'lamp-soft' | 'accent' | 'note' | 'danger';
}

export function Badge({ children, kind = 'count' }: BadgeProps) {
  return <span class={`badge badge-${kind}`}>{children}</span>;
}
