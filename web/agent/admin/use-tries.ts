import { useState } from 'preact/hooks';
import { problemOf } from '../work.ts';

/** Things a dialog tries: busy while it does, and what went wrong last. */
export function useTries() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function tries(what: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }
  return { busy, problem, setProblem, tries };
}
