/** How administrators read what is stored. */
import type { AdminSetting } from '../../api/types.ts';
import { cached, number } from '../../core/format.ts';
import { t } from '../../core/i18n.ts';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Seconds from a minute on as what people say: `2 hours`, `1 minute, 30 seconds`. */
export function span(seconds: number): string | undefined {
  if (!Number.isFinite(seconds) || seconds < 60) return undefined;
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) parts.push(amount(count, unit));
  }
  if (rest > 0) parts.push(amount(rest, 'second'));
  return parts.join(', ');
}

function amount(count: number, unit: string): string {
  const make = (language: string) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  return cached(`unit ${unit}`, make).format(count);
}

/** A setting's value in a sentence. */
export function valueWords({ kind }: Pick<AdminSetting, 'kind'>, value: string): string {
  if (kind === 'switch') return t(value === '1' ? 'admin-on' : 'admin-off');
  if (kind === 'text') return value === '' ? t('admin-nothing') : value;
  if (kind === 'seconds') return span(Number(value)) ?? amount(Number(value), 'second');
  return number(Number(value));
}

export const nameOf = ({ name }: Pick<AdminSetting, 'name'>): string => t(`setting-${name}`);
export const aboutOf = ({ name }: Pick<AdminSetting, 'name'>): string => t(`setting-${name}-about`);
