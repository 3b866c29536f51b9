import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';
import './start-form.css';

interface LeftProps {
  /** None while a connected ticket system does not have it. */
  number?: string | undefined;
  /** Where the answer goes, if he said so. */
  email?: string | undefined;
  onNew: () => void;
  /** The way to the ticket, where there is one. */
  children?: ComponentChildren;
}

/** A message was left and became a ticket. */
export function Left({ number, email, onNew, children }: LeftProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} class="start-form" tabIndex={-1}>
      <Notice>
        {t('widget-left', { number: number ?? 'none' })} {email && t('widget-left-email', { email })}
      </Notice>
      {children}
      <Button onClick={onNew}>{t('widget-new')}</Button>
    </div>
  );
}
