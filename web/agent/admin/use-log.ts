import type { Api } from '../../core/server.ts';
import { usePages } from '../use-pages.ts';

/** The change log, page by page; of one thing alone where it is named. */
export function useLog(api: Api, of: { kind?: string; subject?: string } = {}) {
  return usePages(async (before: number | undefined) => {
    const page = await api.call('GET /api/admin/audit', { query: { ...of, before } });
    return { items: page.records, next: page.next };
  });
}
