/** Hours and holidays as administrators type them: a line for each day. */
import type { Holiday, Span } from '../../api/types.ts';

/** `9:00-12:00, 13-17:30`; nothing for a day without. `undefined` where it is not to be understood. */
export function readSpans(text: string): Span[] | undefined {
  const spans: Span[] = [];
  for (const part of text.split(/[,;]/).map((part) => part.trim())) {
    if (part === '') continue;
    const [, from, to] = /^([\d:.]+)\s*[-–—]\s*([\d:.]+)$/.exec(part) ?? [];
    const span = { from: readMinute(from), to: readMinute(to) };
    if (!(span.from < span.to) || span.from < (spans.at(-1)?.to ?? 0)) return undefined;
    spans.push(span);
  }
  return spans;
}

export function writeSpans(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${writeMinute(from)}–${writeMinute(to)}`).join(', ');
}

/** Lines of `2026-12-24 Christmas Eve`, or `12-25 Christmas` for every year. The number of a line that is not to be understood. */
export function readHolidays(text: string): Holiday[] | number {
  const holidays: Holiday[] = [];
  for (const [n, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, year, month, day, name] = /^\s*(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:\s+(.*?))?\s*$/.exec(line) ?? [];
    const date = new Date(Date.UTC(year ? Number(year) : 2024, Number(month) - 1, Number(day)));
    if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return n + 1;
    holidays.push({ ...(year && { year: Number(year) }), month: Number(month), day: Number(day), name: name ?? '' });
  }
  return holidays;
}

export function writeHolidays(holidays: readonly Holiday[]): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const line = ({ year, month, day, name }: Holiday) =>
    `${year === undefined ? '' : `${year}-`}${two(month)}-${two(day)} ${name}`.trim();
  return holidays.map(line).join('\n');
}

/** Of a day; NaN for what is none. */
function readMinute(text: string | undefined): number {
  const [, hour, minute] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text ?? '') ?? [];
  const at = Number(hour) * 60 + Number(minute ?? 0);
  return Number(minute ?? 0) < 60 && at <= 1440 ? at : Number.NaN;
}

function writeMinute(at: number): string {
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
