import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { inWords } from './problem.ts';

/** Why something that the server was asked for did not happen, and what next. */
export function whyNot(error: unknown): string {
  return error instanceof Refusal ? inWords(error.problem) : t('problem-unreachable');
}
