import { defineConfig } from '@playwright/test';

/** Against a running program: `DESKBELL_URL` names it. Debian's Chromium, since nothing is downloaded. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  workers: 2,
  use: {
    baseURL: process.env.DESKBELL_URL ?? 'http://127.0.0.1:8080',
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
