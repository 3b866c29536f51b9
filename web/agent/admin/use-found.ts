import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../work.ts';

const TYPING_MS = 200;

/** What a search field finds, page by page. `again` asks for the first page anew, while what was there stays. */
export function useFound<T>(fetch: (q: string | undefined, after?: string) => Promise<{ found: T[]; next?: string }>) {
  const [found, setFound] = useState<readonly T[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [wanted, setWanted] = useState('');
  const asked = useRef(0);

  async function look(after?: string): Promise<void> {
    const turn = ++asked.current;
    setProblem(undefined);
    try {
      const page = await fetch(wanted || undefined, after);
      // What was asked for since is newer.
      if (turn !== asked.current) return;
      setFound((before) => [...(after === undefined ? [] : (before ?? [])), ...page.found]);
      setNext(page.next);
    } catch (error) {
      if (turn === asked.current) setProblem(problemOf(error));
    }
  }
  useEffect(() => {
    const typed = setTimeout(() => void look(), found === undefined ? 0 : TYPING_MS);
    return () => clearTimeout(typed);
  }, [wanted]);

  return {
    found,
    problem,
    wanted,
    setWanted,
    again: () => look(),
    more: next === undefined ? undefined : () => look(next),
  };
}
