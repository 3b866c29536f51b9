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

type Options = Intl.DateTimeFormatOptions;

let make = (language: string, options: Options) => new Intl.DateTimeFormat(language, options);
/** Where a day of the reader begins, in milliseconds on some scale of days. */
let midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

/**
 * What the reader chose for all his devices: his time zone, and the language whose numeric dates are written as he likes. What is missing
 * is as the browser has it.
 */
export function choose(timeZone: string | undefined, dates: string | undefined): void {
  made.clear();
  // As Swedes write it: 2026-12-05.
  midnight = (ms) => Date.parse(cached('iso', () => make('sv', {})).format(ms));
  make = (language, options) => {
    const { day, dateStyle, timeStyle, weekday } = options;
    const in_ = { timeZone, ...options } as Options;
    if (dates === undefined || (day ?? dateStyle) === undefined) return new Intl.DateTimeFormat(language, in_);
    const numeric = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: in_.timeZone } as Options;
    const time = timeStyle && ({ hour: '2-digit', minute: '2-digit' } as Options);
    const written = new Intl.DateTimeFormat(dates, { ...numeric, ...time });
    if (weekday === undefined) return written;
    const name = new Intl.DateTimeFormat(language, { weekday, timeZone: in_.timeZone } as Options);
    return { format: (at: number) => `${name.format(at)}, ${written.format(at)}` } as Intl.DateTimeFormat;
  };
}

const tags = { iso: 'sv', day_first: 'de', month_first: 'en-US' } as const;

/** The language that writes dates in this form. */
export const writtenAs = (dates: keyof typeof tags | undefined): string | undefined => dates && tags[dates];

/** The reader's time zone, by its IANA name. */
export const zone = (): string => make('en', {}).resolvedOptions().timeZone;

/** `13:20` */
export function time(at: number): string {
  return cached('time', (l) => make(l, { timeStyle: 'short' })).format(at);
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
    ? cached('date', (l) => make(l, { day: 'numeric', month: 'long' })).format(at)
    : cached('year', (l) => make(l, { dateStyle: 'long' })).format(at);
}

/** `Sunday, 22 November` */
export function weekday(at: number): string {
  return cached('weekday', (l) => make(l, { weekday: 'long', day: 'numeric', month: 'long' })).format(at);
}

/** A day that belongs to no zone, as it crosses the network: `2026-12-05` reads `5 December`, of another year with the year. */
export function plainDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) return day;
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  const sameYear = day.startsWith(`${new Date().getFullYear()}-`);
  return sameYear
    ? cached('plain-day', (l) => make(l, options)).format(at)
    : cached('plain-day-year', (l) => make(l, { ...options, year: 'numeric' })).format(at);
}

/** Date and time in full, for titles and `<time>`. */
export function moment(at: number): string {
  return cached('moment', (l) => make(l, { dateStyle: 'medium', timeStyle: 'short' })).format(at);
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
  return Math.round((midnight(from) - midnight(at)) / 86_400_000);
}
