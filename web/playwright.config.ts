import { defineConfig } from '@playwright/test';

/**
 * Stories in a real browser against the real program, which each of them starts for itself. Debian's Chromium, since
 * nothing is downloaded.
 */
export default defineConfig({
  testDir: './e2e',
  // The walks over all views take longest, so they begin.
  projects: [
    { name: 'views', testMatch: 'views.story.ts' },
    { name: 'stories', testMatch: '*.story.ts', testIgnore: 'views.story.ts' },
  ],
  globalSetup: './e2e/cast.ts',
  outputDir: './test-results',
  fullyParallel: true,
  // More would only wait for each other on a small machine.
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['./e2e/reporter.ts']],
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
