/** Times, days and numbers in the reader's language and zone. */
import { lang } from './i18n.ts';

const made = new Map<string, unknown>();

/** Formatters are dear to make: one per kind and language. */
export function cached<T>(kind: string, make: (language: string) => T): T {
  const locale = regional(lang.value);
  const key = `${kind} ${locale}`;
  if (!made.has(key)) made.set(key, make(locale));
  return made.get(key) as T;
}

/** The reader's own region of the page's language: `13:20` for English in Oslo, `1:20 PM` in Boston. */
function regional(language: string): string {
  return navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}

/** `13:20` */
export function time(at: number): string {
  return cached('time', (l) => new Intl.DateTimeFormat(l, { timeStyle: 'short' })).format(at);
}

/** `Today`, `Yesterday`, else the date. `from` is now. */
export function day(at: number, from: number): string {
  const days = daysBetween(at, from);
  if (days >= 0 && days <= 1) {
    const words = cached('days', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto' })).format(-days, 'day');
    return words.charAt(0).toLocaleUpperCase(lang.value) + words.slice(1);
  }
  const sameYear = new Date(at).getFullYear() === new Date(from).getFullYear();
  return sameYear
    ? cached('date', (l) => new Intl.DateTimeFormat(l, { day: 'numeric', month: 'long' })).format(at)
    : cached('year', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'long' })).format(at);
}

/** `Sunday, 22 November` */
export function weekday(at: number): string {
  return cached(
    'weekday',
    (l) => new Intl.DateTimeFormat(l, { weekday: 'long', day: 'numeric', month: 'long' }),
  ).format(at);
}

/** A day that belongs to no zone, as it crosses the network: `2026-12-05` reads `5 December`, of another year with the year. */
export function plainDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  const sameYear = day.startsWith(`${new Date().getFullYear()}-`);
  return sameYear
    ? cached('plain-day', (l) => new Intl.DateTimeFormat(l, options)).format(at)
    : cached('plain-day-year', (l) => new Intl.DateTimeFormat(l, { ...options, year: 'numeric' })).format(at);
}

/** Date and time in full, for titles and `<time>`. */
export function moment(at: number): string {
  return cached('moment', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short' })).format(at);
}

/** The time today, else date and time: enough for a list. */
export function recent(at: number, from: number): string {
  return sameDay(at, from) ? time(at) : moment(at);
}

/** `3 min. ago`; below a minute `now`. */
export function relative(at: number, from: number): string {
  const minutes = Math.max(0, Math.floor((from - at) / 60_000));
  const words = cached('relative', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto', style: 'short' }));
  if (minutes < 1) return words.format(0, 'second');
  if (minutes < 60) return words.format(-minutes, 'minute');
  if (minutes < 24 * 60) return words.format(-Math.floor(minutes / 60), 'hour');
  return words.format(-Math.floor(minutes / (24 * 60)), 'day');
}

/** How long somebody waits: `4:05`, from an hour on `1:04:05`. */
export function waited(since: number, from: number): string {
  const seconds = Math.max(0, Math.floor((from - since) / 1_000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function number(value: number): string {
  return cached('number', (l) => new Intl.NumberFormat(l)).format(value);
}

/** Whether two moments lie on the same day of the reader's zone. */
export function sameDay(a: number, b: number): boolean {
  return daysBetween(a, b) === 0;
}

function daysBetween(at: number, from: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(from) - midnight(at)) / 86_400_000);
}
