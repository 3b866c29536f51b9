import { useId } from 'preact/hooks';
import { moment } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';

interface LeaveFieldsProps {
  /** Absent when it is known how to reach him. */
  email?: { value: string; onEmail: (email: string) => void } | undefined;
  busy: boolean;
  /** Why the last attempt did not happen, in words. */
  problem?: string | undefined;
  onLeave: () => void;
  /** When somebody may be there again. */
  opensAt: number | undefined;
  /** The way back, where there is one. */
  onBack?: (() => void) | undefined;
}

/** What the start form ends with when nobody is free: the text goes in as a ticket. */
export function LeaveFields({ email, busy, problem, opensAt, onLeave, onBack }: LeaveFieldsProps) {
  const id = useId();
  return (
    <>
      {opensAt !== undefined && <p>{t('widget-opens', { at: moment(opensAt) })}</p>}
      {email && (
        <div class="field">
          <label for={id}>{t('widget-leave-email')}</label>
          <input
            id={id}
            type="email"
            dir="auto"
            autocomplete="email"
            value={email.value}
            aria-describedby={`${id}-hint`}
            onInput={(event) => email.onEmail(event.currentTarget.value)}
          />
          <p id={`${id}-hint`} class="field-hint">
            {t('widget-leave-email-hint')}
          </p>
        </div>
      )}
      <p class="field-hint">{t('widget-leave-hint')}</p>
      {problem && (
        <div role="alert">
          <Notice kind="danger">{problem}</Notice>
        </div>
      )}
      <Button kind="primary" busy={busy} onClick={onLeave}>
        {t('widget-leave')}
      </Button>
      {onBack && <Button onClick={onBack}>{t('widget-keep-waiting')}</Button>}
    </>
  );
}
