import { useState } from 'preact/hooks';
import { t } from '../core/i18n.ts';
import { Refusal } from '../core/server.ts';
import { inWords } from '../ui/problem.ts';

/** What went wrong, in words. */
export function problemOf(error: unknown): string {
  return error instanceof Refusal ? inWords(error.problem) : t('problem-unreachable');
}

/** Something that is tried and may fail: while it is under way it is not begun again. */
export function useTry() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  /** Says whether it was done. */
  async function attempt(what: () => Promise<unknown>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, setProblem, attempt };
}
