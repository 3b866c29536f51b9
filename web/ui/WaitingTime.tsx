import { now } from '../core/clock.ts';
import { waited } from '../core/format.ts';
import { t } from '../core/i18n.ts';
import { Wick } from './Wick.tsx';
import './waiting-time.css';

/** How long somebody has been waiting, ticking, over the wick. Beyond the target it says so to eye and ear. */
export function WaitingTime({ since, target_s }: { since: number; target_s: number }) {
  const waited_ms = now.value - since;
  const over = waited_ms > target_s * 1_000;
  return (
    <span
      class={over ? 'waiting-time waiting-time-over' : 'waiting-time'}
      title={over ? t('common-over-target') : undefined}
    >
      <span class="num">{waited(since, now.value)}</span>
      {over && <span class="quiet">{t('common-over-target')}</span>}
      <Wick share={waited_ms / (target_s * 1_000)} />
    </span>
  );
}
