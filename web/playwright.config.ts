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
  workers: 3,
  retries: 0,
  timeout: 90_000,
  // A condition is waited for; how long that takes on a busy machine says nothing.
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['./e2e/reporter.ts']],
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
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
