import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import { HourglassWindow } from '../pages/hourglass-window';
import { beginWithDrawing } from '../shells/begin-with-drawing';
import { BrowserShell } from '../shells/browser-shell';
import { ElectronShell } from '../shells/electron-shell';
import type { Launcher, Shell } from '../shells/shell';
import { Complaints } from './complaints';

/** What a project of playwright.config.ts chooses. */
export interface ShellChoice {
  readonly shellName: 'browser' | 'electron' | 'packaged';
}

interface Running {
  readonly shell: Shell;
  readonly window: HourglassWindow;
}

interface Surroundings extends Running {
  /** Starts the app; once more, with what it has kept, when it was ended. It is ended with the journey. */
  readonly start: () => Promise<Running>;
  readonly running: Running;
  /** Whether the app is as it comes: its first window then begins with the start screen. */
  readonly asItComes: boolean;
  /** A folder of the journey's own, gone afterwards. */
  readonly folder: string;
}

interface ForAll extends ShellChoice {
  readonly launcher: Launcher;
}

/** A journey through the real app. It fails when a page logs an error or breaks its Content Security Policy. */
export const test = base.extend<Surroundings, ForAll>({
  shellName: ['browser', { option: true, scope: 'worker' }],
  launcher: [
    async ({ playwright, shellName }, use) => {
      const launcher =
        shellName === 'browser'
          ? BrowserShell.launcher(await playwright.chromium.launch())
          : await ElectronShell.launcher(shellName);
      await use(launcher);
      await launcher.close();
    },
    { scope: 'worker' },
  ],
  asItComes: [false, { option: true }],
  start: async ({ launcher, folder, asItComes }, use, info) => {
    const started: Shell[] = [];
    const complaints = new Complaints();
    await use(async () => {
      if (!asItComes) beginWithDrawing(join(folder, '.hourglass'));
      const shell = await launcher.start(join(folder, '.hourglass'));
      started.push(shell);
      await complaints.listenTo(shell.page.context());
      const window = new HourglassWindow(shell.page, shell.system);
      await window.ready();
      return { shell, window };
    });
    if (info.status !== info.expectedStatus) await picture(started, info);
    for (const shell of started) await shell.kill();
    complaints.refuse();
  },
  running: async ({ start }, use) => use(await start()),
  shell: async ({ running }, use) => use(running.shell),
  window: async ({ running }, use) => use(running.window),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hourglass-journey-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

/** Leaves a picture of each window that is open at a failed journey's end, in `test-results/`. */
async function picture(shells: readonly Shell[], info: TestInfo): Promise<void> {
  // None of an app that is gone.
  for (const [index, { page }] of shells.entries())
    await page
      .screenshot({ path: info.outputPath(`window-${index + 1}.png`), timeout: 3_000 })
      .catch(() => {});
}

export { expect } from '@playwright/test';
