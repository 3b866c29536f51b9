import { t } from '../core/i18n.ts';
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';

interface NoAnswerProps {
  /** The place in the line, in words. */
  place: string;
  onPatient: () => void;
  onLeave: () => void;
  onEnd: () => void;
}

/** Nobody answered in time: the ways out. */
export function NoAnswer({ place, onPatient, onLeave, onEnd }: NoAnswerProps) {
  return (
    <Notice
      kind="lamp"
      action={
        <div class="conversation-ways">
          <Button size="small" onClick={onPatient}>
            {t('widget-keep-waiting')}
          </Button>
          <Button size="small" onClick={onLeave}>
            {t('widget-leave-instead')}
          </Button>
          <Button size="small" onClick={onEnd}>
            {t('widget-end')}
          </Button>
        </div>
      }
    >
      {t('widget-no-answer')} {place}
    </Notice>
  );
}
