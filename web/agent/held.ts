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
  const now = new Map(fresh.map((request) => [keyOf(request), request]));
  const rows = shown.map((was) => ({ ...(now.get(keyOf(was)) ?? was), gone: !now.has(keyOf(was)) }));
  const known = new Set(shown.map(keyOf));
  return { rows, newer: fresh.filter((request) => !known.has(keyOf(request))).length };
}

/** A chat can be asked for once more, as an invitation. */
export const keyOf = ({ chat, is }: RequestView) => `${is} ${chat}`;
