import X from 'lucide/dist/esm/icons/x.mjs';
import type { ComponentChildren } from 'preact';
import { t } from '../core/i18n.ts';
import { IconButton } from './IconButton.tsx';
import './notice.css';

interface NoticeProps {
  children: ComponentChildren;
  kind?: 'plain' | 'lamp' | 'danger' | 'accent';
  action?: ComponentChildren;
  onDismiss?: (() => void) | undefined;
}

/** A sentence that says what happened and what can be done, on its own ground. */
export function Notice({ children, kind = 'plain', action, onDismiss }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`}>
      <p>{children}</p>
      {action}
      {onDismiss && <IconButton label={t('common-dismiss')} icon={X} onClick={onDismiss} />}
    </div>
  );
}
