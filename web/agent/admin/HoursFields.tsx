import { useId } from 'preact/hooks';
import type { Hours } from '../../api/types.ts';
import { t } from '../../core/i18n.ts';
import { TextRow, TickRow } from './form-rows.tsx';
import { readHolidays, readSpans, writeHolidays, writeSpans } from './hours-text.ts';

/** Hours as they stand in the fields, understood or not. */
export interface TypedHours {
  zone: string;
  /** Monday first. */
  days: readonly string[];
  holidays: string;
}

interface HoursFieldsProps {
  /** Always, where there are none. */
  hours: TypedHours | undefined;
  onHours: (hours: TypedHours | undefined) => void;
}

/** When a channel takes chats. */
export function HoursFields({ hours, onHours }: HoursFieldsProps) {
  const id = useId();
  return (
    <fieldset class="admin-hours">
      <legend>{t('admin-hours')}</legend>
      <TickRow
        label={t('admin-hours-always')}
        checked={hours === undefined}
        onTick={(always) => onHours(always ? undefined : atWork())}
      />
      {hours && (
        <div class="admin-form">
          <TextRow
            label={t('admin-zone')}
            value={hours.zone}
            maxLength={100}
            list={`${id}-zones`}
            verbatim
            onText={(zone) => onHours({ ...hours, zone })}
          />
          <datalist id={`${id}-zones`}>
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <p class="field-hint">{t('admin-hours-hint')}</p>
          {hours.days.map((day, n) => (
            <TextRow
              key={weekday(n)}
              label={weekday(n)}
              value={day}
              maxLength={200}
              placeholder={t('admin-hours-none')}
              onText={(text) => onHours({ ...hours, days: hours.days.map((day, m) => (m === n ? text : day)) })}
            />
          ))}
          <label for={`${id}-holidays`}>{t('admin-holidays')}</label>
          <textarea
            id={`${id}-holidays`}
            rows={4}
            maxLength={20_000}
            aria-describedby={`${id}-holidays-hint`}
            value={hours.holidays}
            onInput={(event) => onHours({ ...hours, holidays: event.currentTarget.value })}
          />
          <p id={`${id}-holidays-hint`} class="field-hint">
            {t('admin-holidays-hint')}
          </p>
        </div>
      )}
    </fieldset>
  );
}

export function writeHours({ zone, week, holidays }: Hours): TypedHours {
  return { zone, days: week.map(writeSpans), holidays: writeHolidays(holidays) };
}

/** What was typed, or a sentence on what of it is not to be understood. */
export function readHours({ zone, days, holidays }: TypedHours): Hours | string {
  const week = days.map(readSpans);
  const unclear = week.indexOf(undefined);
  if (unclear >= 0) return t('admin-hours-unclear', { day: weekday(unclear) });
  const free = readHolidays(holidays);
  if (typeof free === 'number') return t('admin-holiday-unclear', { line: String(free) });
  return { zone: zone.trim(), week: week.map((day) => day ?? []), holidays: free };
}

/** What one begins with: where the administrator is. */
function atWork(): TypedHours {
  const days = Array.from({ length: 7 }, (_, n) => (n < 5 ? '09:00–17:00' : ''));
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, days, holidays: '' };
}

function weekday(n: number): string {
  // 2024 began on a Monday.
  const day = new Date(Date.UTC(2024, 0, 1 + n));
  return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(day);
}
