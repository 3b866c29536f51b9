import { useEffect, useState } from 'preact/hooks';
import type { AuditRecord } from '../../api/types.ts';
import type { Api } from '../../core/server.ts';
import { problemOf } from '../work.ts';

/** The change log, page by page; of one thing alone where it is named. */
export function useLog(api: Api, of: { kind?: string; subject?: string } = {}) {
  const [records, setRecords] = useState<readonly AuditRecord[]>([]);
  const [next, setNext] = useState<number>();
  const [state, setState] = useState<'fetching' | 'more' | 'end'>('fetching');
  const [problem, setProblem] = useState<string>();

  async function more() {
    setState('fetching');
    setProblem(undefined);
    try {
      const page = await api.call('GET /api/admin/audit', { query: { ...of, before: next } });
      setRecords((records) => [...records, ...page.records]);
      setNext(page.next);
      setState(page.next === undefined ? 'end' : 'more');
    } catch (error) {
      setProblem(problemOf(error));
      setState('more');
    }
  }
  useEffect(() => void more(), []);
  return { records, state, problem, more };
}
