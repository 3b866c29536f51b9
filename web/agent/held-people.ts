import type { PersonRow } from '../api/types.ts';

/** Rows stay where they are and follow the person; who has gone is offline, who has come is only counted. */
export function holdPeople(
  shown: readonly PersonRow[],
  fresh: readonly PersonRow[],
): { rows: PersonRow[]; newer: number } {
  const now = new Map(fresh.map((person) => [person.id, person]));
  const gone = (was: PersonRow): PersonRow => ({ ...was, presence: 'offline', can_chat: false, why_not: 'offline' });
  const rows = shown.map((was) => now.get(was.id) ?? gone(was));
  const known = new Set(shown.map(({ id }) => id));
  return { rows, newer: fresh.filter(({ id }) => !known.has(id)).length };
}
