import { expect, type Locator } from '@playwright/test';

/** Searches until it is found: what has just been said is in the index within a second. */
export async function seek(field: Locator, text: string, found: Locator): Promise<void> {
  await expect(async () => {
    await field.fill('');
    await field.fill(text);
    await expect(found).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 15_000 });
}
