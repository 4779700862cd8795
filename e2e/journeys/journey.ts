import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { HourglassWindow } from '../pages/hourglass-window';
import { BrowserHost } from '../shells/browser-host';

interface Surroundings {
  /** The running app; each journey has one of its own. */
  readonly host: BrowserHost;
  readonly window: HourglassWindow;
  /** A folder of the journey's own, gone afterwards. */
  readonly folder: string;
}

/** A journey through the real app. It fails when the page logs an error or breaks its Content Security Policy. */
export const test = base.extend<Surroundings>({
  host: async ({ folder }, use) => {
    const host = await BrowserHost.start(join(folder, '.hourglass'));
    await use(host);
    await host.stop();
  },
  window: async ({ page, host }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A killed engine or host breaks connections, which the browser reports by itself.
      if (message.type() === 'error' && !message.text().includes('WebSocket connection'))
        complaints.push(message.text());
    });
    const window = new HourglassWindow(page);
    await window.open(host.address);
    await use(window);
    if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hourglass-journey-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

export { expect } from '@playwright/test';
