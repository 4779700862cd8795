// What the journeys need in each of their shells: the program that runs the window, its build, a display.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { displayForTests } from './display.mjs';
import { ensureElectronForTests } from './electron.mjs';
import { ensurePackagedForTests } from './package-for-tests.mjs';
import { ensureOldElectronBuild } from './setup.mjs';
import { root, say } from './terminal.mjs';

const needs = { chromium: needsOfChromium, electron: needsOfElectron, packaged: needsOfPackaged };

/** The projects of e2e/playwright.config.ts. */
export const journeyProjects = Object.keys(needs);

/**
 * Gets what the journeys of a project need, the usual build apart.
 * @param {string} project
 * @returns {Promise<{env: Record<string, string>, stop(): void} | {reason: string, cure: string}>} `env` is for
 *   Playwright's process
 */
export function journeyNeeds(project) {
  return needs[project]();
}

async function needsOfChromium() {
  const chromium = await ensureChromium();
  if ('reason' in chromium) return chromium;
  return { env: { HOURGLASS_CHROMIUM: chromium.path }, stop: () => {} };
}

async function needsOfElectron() {
  const electron = await ensureElectronForTests();
  if ('reason' in electron) return electron;
  const display = await displayForTests();
  if ('reason' in display) return display;
  if (electron.old) await ensureOldElectronBuild();
  say(`Electron ${electron.version}: ${electron.why}.`);
  return {
    env: {
      ...display.env,
      HOURGLASS_ELECTRON: electron.path,
      HOURGLASS_ELECTRON_APP: electron.old ? join(root, 'dist/electron-9') : root,
      HOURGLASS_ELECTRON_OLD: electron.old ? '1' : '',
    },
    stop: display.stop,
  };
}

/** A copy of the package where nothing of this repository can be reached from. */
async function needsOfPackaged() {
  const packaged = await ensurePackagedForTests();
  if ('reason' in packaged) return packaged;
  const display = await displayForTests();
  if ('reason' in display) return display;
  for (const line of packaged.figures) say(line);
  const away = mkdtempSync(join(tmpdir(), 'hourglass-packaged-'));
  cpSync(packaged.folder, away, { recursive: true, verbatimSymlinks: true });
  return {
    env: {
      ...display.env,
      HOURGLASS_PACKAGED: join(away, relative(packaged.folder, packaged.program)),
      HOURGLASS_ELECTRON_OLD: packaged.old ? '1' : '',
    },
    stop: () => {
      display.stop();
      rmSync(away, { recursive: true, force: true });
    },
  };
}
