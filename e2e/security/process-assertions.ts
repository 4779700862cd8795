import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Assertion, RunningApp } from './assertion';

/** What Linux says of a process: `NoNewPrivs`, `NSpid` (an id in each namespace that it is in) … */
function statusOf(pid: number, name: string): readonly string[] {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${name}:(.*)$`, 'm'));
  return (line?.[1] ?? '').trim().split(/\s+/);
}

async function pagesProcesses({ electron }: RunningApp) {
  const all = await electron.evaluate(({ app }) => app.getAppMetrics());
  return all.filter(({ type }) => type === 'Tab');
}

export const processAssertions: readonly Assertion[] = [
  {
    number: 4,
    title: 'every page is in the sandbox of processes',
    check: async (app) => {
      const pages = await pagesProcesses(app);
      expect(pages.length).toBeGreaterThan(0);
      const words = await app.electron.evaluate(() => process.argv);
      expect(words).not.toContain('--no-sandbox');
      for (const { pid, sandboxed } of pages) {
        // Electron itself tells it on Windows and macOS only.
        if (process.platform !== 'linux') expect(sandboxed).toBe(true);
        else {
          expect(statusOf(pid, 'NoNewPrivs'), 'it gains no rights').toEqual(['1']);
          expect(statusOf(pid, 'NSpid').length, 'it sees no other process').toBeGreaterThan(1);
        }
      }
    },
    without: { args: ['--no-sandbox'] },
  },
];
