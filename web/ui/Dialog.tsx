import { signal } from '@preact/signals';
import X from 'lucide/dist/esm/icons/x.mjs';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { IconButton } from './IconButton.tsx';
import './dialog.css';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons, the decisive one last. */
  actions?: ComponentChildren;
  size?: 'wide';
}

/** How many dialogs are open: while there is one, nothing beneath it can take the keyboard. */
export const modals = signal(0);

/** A modal native dialog, open while it is rendered. Esc and a click beside it ask to close. */
export function Dialog({ title, onClose, children, actions, size }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal?.();
    modals.value++;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      // Afterwards: who waited for the keyboard takes it from there.
      modals.value--;
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; its key is Esc, which `cancel` hears.
    <dialog
      ref={ref}
      class={size ? `dialog dialog-${size}` : 'dialog'}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div class="dialog-box">
        <div class="dialog-head">
          <h2 id={heading}>{title}</h2>
          <IconButton label={t('common-close')} icon={X} onClick={onClose} />
        </div>
        <div class="dialog-body">{children}</div>
        {actions && <div class="dialog-actions">{actions}</div>}
      </div>
    </dialog>
  );
}
