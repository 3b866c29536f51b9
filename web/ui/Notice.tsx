import type { ComponentChildren } from 'preact';
import './notice.css';

interface NoticeProps {
  children: ComponentChildren;
  kind?: 'plain' | 'lamp' | 'danger' | 'accent';
  action?: ComponentChildren;
}

/** A sentence that says what happened and what can be done, on its own ground. */
export function Notice({ children, kind = 'plain', action }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`}>
      <p>{children}</p>
      {action}
    </div>
  );
}
