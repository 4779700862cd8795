import { defineConfig } from '@playwright/test';
import type { ShellChoice } from './journeys/journey';

/**
 * The journeys are written once; each project is a shell they run in. What is about one shell is in a folder of its name;
 * so is, in `browser`, what the page does by itself, alike in every shell.
 */
export default defineConfig<object, ShellChoice>({
  testDir: 'journeys',
  outputDir: '../test-results',
  // Two cores are all there is. Pages wait more than they work; Electron's windows share one display, and are slower.
  workers: 3,
  fullyParallel: false,
  // Generous: on a busy machine all takes three times as long.
  timeout: 180_000,
  // On a busy CI machine a journey has a second go; scripts/test.mjs names those that needed it.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    // Noting every step costs a core that a CI machine does not have to spare: there the second go is noted.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.HOURGLASS_CHROMIUM || undefined,
      args: [
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
  projects: [
    {
      name: 'chromium',
      testIgnore: ['**/electron/**', '**/packaged/**'],
      workers: 2,
      use: { shellName: 'browser' },
    },
    {
      name: 'electron',
      testIgnore: ['**/browser/**', '**/packaged/**'],
      workers: 1,
      use: { shellName: 'electron' },
    },
    // The package as users get it: the first journey tells whether all is in it.
    {
      name: 'packaged',
      workers: 1,
      testMatch: ['**/draw-and-train.spec.ts', '**/packaged/**'],
      grep: /draw a stack|whoever never had it/,
      use: { shellName: 'packaged' },
    },
  ],
});
