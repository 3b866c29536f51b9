import type { RequestView } from '../api/types.ts';

/** A row of the request list as it stands there: `gone` when the request is no longer to be had. */
export interface HeldRow extends RequestView {
  gone: boolean;
}

/**
 * Keeps a list still while somebody points at it. Rows stay where they are; one that was taken stays as `gone`,
 * so that no other slides under the pointer; new ones are only counted.
 */
export function hold(shown: readonly RequestView[], fresh: readonly RequestView[]): { rows: HeldRow[]; newer: number } {
  const now = new Map(fresh.map((request) => [request.chat, request]));
  const rows = shown.map((was) => ({ ...(now.get(was.chat) ?? was), gone: !now.has(was.chat) }));
  const known = new Set(shown.map(({ chat }) => chat));
  return { rows, newer: fresh.filter(({ chat }) => !known.has(chat)).length };
}
