import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';
import { repository } from '../host/built-engine';

type Found = { path: string; version: string; old: boolean } | { reason: string; cure: string };
interface Machine {
  hasDisplay(): boolean;
  isRoot(): boolean;
  electron(): Promise<Found>;
}
interface Choice {
  chooseShell(env: Record<string, string>, machine: Machine): Promise<unknown>;
  cannotRunHere(end: { code: number | null; signal: string | null; afterMs: number }): boolean;
}

const { chooseShell, cannotRunHere }: Choice = await import(
  pathToFileURL(join(repository, 'scripts/shell-choice.mjs')).href
);

const current = { path: '/electron', version: '45.4.1', old: false };
const desktop = {
  hasDisplay: () => true,
  isRoot: () => false,
  electron: vi.fn(async (): Promise<Found> => current),
};

it('`npm start` opens the desktop app where it can run', async () => {
  expect(await chooseShell({}, desktop)).toEqual({ electron: '/electron' });
});

it.each<[string, Partial<Machine>]>([
  ['there is no display', { hasDisplay: () => false }],
  ['its sandbox does not run as root', { isRoot: () => true }],
  [
    'it could not be downloaded',
    { electron: async () => ({ reason: 'it could not be downloaded', cure: 'x' }) },
  ],
  ['Electron 9.4.1 is too old', { electron: async () => ({ ...current, version: '9.4.1', old: true }) }],
])('else the browser, and says in one line that %s', async (why, lack) => {
  const { browser } = (await chooseShell({}, { ...desktop, ...lack })) as { browser: string };
  expect(browser).toContain(`because ${why}. To change that, `);
  expect(browser).not.toContain('\n');
});

it('fetches nothing where it could not be shown, or was not asked for', async () => {
  desktop.electron.mockClear();
  await chooseShell({}, { ...desktop, hasDisplay: () => false });
  await chooseShell({}, { ...desktop, isRoot: () => true });
  await chooseShell({ HOURGLASS_SHELL: 'browser' }, desktop);
  expect(desktop.electron).not.toHaveBeenCalled();
});

it.each([
  ['HOURGLASS_SHELL', 'browser'],
  ['HOURGLASS_PORT', '0'],
  ['HOURGLASS_NO_OPEN', '1'],
])('%s=%s asks for the browser, and nothing is said', async (name, value) => {
  expect(await chooseShell({ [name]: value }, desktop)).toEqual({ browser: null });
});

it('refuses a shell that there is not', async () => {
  await expect(chooseShell({ HOURGLASS_SHELL: 'tauri' }, desktop)).rejects.toThrow(
    'HOURGLASS_SHELL should be “browser”, or left out, but is “tauri”.',
  );
});

it('tells an Electron that can’t run here from one that was closed', () => {
  expect(cannotRunHere({ code: 127, signal: null, afterMs: 30 })).toBe(true);
  expect(cannotRunHere({ code: null, signal: 'SIGTRAP', afterMs: 200 })).toBe(true);
  for (const end of [
    { code: 0, signal: null, afterMs: 300 },
    { code: 1, signal: null, afterMs: 300 },
    { code: null, signal: 'SIGTERM', afterMs: 300 },
    { code: null, signal: 'SIGSEGV', afterMs: 60_000 },
  ])
    expect(cannotRunHere(end), JSON.stringify(end)).toBe(false);
});
