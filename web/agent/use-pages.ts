import { useEffect, useState } from 'preact/hooks';
import { problemOf } from './work.ts';

/** A list that comes page by page. `next` says where the page after begins, where there is one. */
export function usePages<T, N>(fetch: (after: N | undefined) => Promise<{ items: readonly T[]; next: N | undefined }>) {
  const [items, setItems] = useState<readonly T[]>([]);
  const [next, setNext] = useState<N>();
  const [state, setState] = useState<'fetching' | 'more' | 'end'>('fetching');
  const [problem, setProblem] = useState<string>();

  async function more(): Promise<void> {
    setState('fetching');
    setProblem(undefined);
    try {
      const page = await fetch(next);
      setItems((items) => [...items, ...page.items]);
      setNext(() => page.next);
      setState(page.next === undefined ? 'end' : 'more');
    } catch (error) {
      setProblem(problemOf(error));
      setState('more');
    }
  }
  useEffect(() => void more(), []);
  return { items, state, problem, more };
}
