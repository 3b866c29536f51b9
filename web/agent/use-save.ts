import { useState } from 'preact/hooks';

/** A dialog that saves and then closes. What went wrong stays on screen, and the dialog open. */
export function useSave(onClose: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  /** `saving` answers with what went wrong, if anything. */
  async function save(saving: Promise<string | undefined>): Promise<void> {
    setBusy(true);
    const problem = await saving;
    setBusy(false);
    setProblem(problem);
    if (problem === undefined) onClose();
  }

  return { busy, problem, setProblem, save };
}
