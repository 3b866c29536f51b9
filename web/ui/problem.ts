import type { Problem } from '../api/types.ts';
import { has, t } from '../core/i18n.ts';

/** A refusal as a kind sentence with the next step: in our words where we know the code, else in the server's. */
export function inWords(problem: Problem): string {
  const id = `problem-${problem.code}`;
  if (!has(id)) return `${problem.say} ${problem.next}`.trim();
  return t(id, { by: problem.by ?? '', limit: problem.limit ?? 0 });
}
