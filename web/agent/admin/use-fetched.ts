import { useEffect, useState } from 'preact/hooks';
import { problemOf } from '../work.ts';

/** What a page shows, fetched when it opens and whenever it is asked for. */
export function useFetched<T>(fetch: () => Promise<T>) {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<string>();

  async function look(): Promise<void> {
    setProblem(undefined);
    try {
      setValue(await fetch());
    } catch (error) {
      setProblem(problemOf(error));
    }
  }
  useEffect(() => void look(), []);
  return { value, problem, look };
}
