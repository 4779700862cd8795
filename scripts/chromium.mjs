// Finds a Chromium for the browser tests, or gets one: what is installed, else Playwright's own download, else
// Debian's package where this is root on Debian.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run, say } from './terminal.mjs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

async function playwrightsOwn() {
  const { chromium } = await import(
    pathToFileURL(join(root, 'node_modules/@playwright/test/index.mjs')).href
  );
  return chromium.executablePath();
}

/** @returns {Promise<{path: string} | {reason: string, cure: string}>} */
export async function ensureChromium() {
  const given = process.env.HOURGLASS_CHROMIUM;
  if (given)
    return existsSync(given)
      ? { path: given }
      : { reason: `HOURGLASS_CHROMIUM names ${given}, which is not there`, cure: 'correct or unset it' };
  const own = await playwrightsOwn();
  const found = [own, ...usual].find((path) => existsSync(path));
  if (found) return { path: found };

  say('No Chromium here; asking Playwright to download its own …');
  const download = await run('npx', ['playwright', 'install', 'chromium'], { quiet: true, limitMs: 180_000 });
  if (download.code === 0 && existsSync(own)) return { path: own };

  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('That could not be had; installing Debian’s chromium …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { quiet: true, limitMs: 300_000, env });
    const apt = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      quiet: true,
      limitMs: 600_000,
      env,
    });
    const installed = usual.find((path) => existsSync(path));
    if (installed) return { path: installed };
    return {
      reason: `apt-get could not install chromium (exit ${apt.code})`,
      cure: 'install Chromium and set HOURGLASS_CHROMIUM to its path',
    };
  }
  return {
    reason: 'no Chromium is installed and Playwright’s download failed',
    cure: 'install Chromium or Chrome, or set HOURGLASS_CHROMIUM to its path',
  };
}
