import { test } from '@playwright/test';

/** What a run counts beside its stories; the reporter adds it up. */
export type Figure = 'views_checked_by_axe' | 'screenshots' | 'kills';

export function count(figure: Figure): void {
  test.info().annotations.push({ type: figure });
}
