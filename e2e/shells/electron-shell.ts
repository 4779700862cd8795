import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { SystemSide } from '../pages/system-side';
import {
  type ElectronProgram,
  electronProgram,
  type PackagedProgram,
  packagedProgram,
} from './electron-program';
import { bridgeMouse, bridgePlaywright } from './old-electron';
import { descendants, ended } from './process-tree';
import type { Launcher, Shell } from './shell';

/** How long the app may take to end when asked to. */
const PATIENCE = 10_000;

/** The desktop app: a real Electron on a display. */
export class ElectronShell implements Shell {
  private readonly process: ChildProcess;

  private constructor(
    private readonly app: ElectronApplication,
    readonly page: Page,
    readonly system: SystemSide,
  ) {
    this.process = app.process();
  }

  /** @throws Error where scripts/e2e.mjs did not say which Electron */
  static async launcher(shellName: 'electron' | 'packaged'): Promise<Launcher> {
    const program = shellName === 'packaged' ? packagedProgram() : electronProgram();
    if (program.old) await bridgePlaywright();
    return { start: (folder) => ElectronShell.start(program, folder), close: async () => {} };
  }

  private static async start(
    { path, app, old }: ElectronProgram | PackagedProgram,
    folder: string,
  ): Promise<ElectronShell> {
    const running = await electron.launch({
      executablePath: path,
      args: [...(app === null ? [] : [app]), '--disable-gpu', `--user-data-dir=${join(folder, 'electron')}`],
      // Chromium's sandbox of processes does not run as root.
      chromiumSandbox: process.getuid?.() !== 0,
      env: {
        ...(process.env as Record<string, string>),
        // The old Electron's engine runs in this Node.
        npm_node_execpath: process.execPath,
        HOURGLASS_NO_DOWNLOAD: '1',
        HOURGLASS_DATA_FOLDER: folder,
        // A packaged app is met by someone who never had it.
        ...(app === null && emptyHome(folder)),
      },
    });
    const system = new SystemSide(running);
    await system.watch();
    const page = await running.firstWindow();
    if (old) await bridgeMouse(page);
    return new ElectronShell(running, page, system);
  }

  async engines(): Promise<number[]> {
    const utilities = await this.app.evaluate(({ app }) =>
      app.getAppMetrics().flatMap(({ name, pid }) => (name === 'Hourglass engine' ? [pid] : [])),
    );
    // The old Electron's engine, which runs in Node.
    const inNode = descendants(this.process.pid!).filter(({ command }) => command.includes('engine.mjs'));
    return [...utilities, ...inNode.map(({ pid }) => pid)];
  }

  async quit(): Promise<void> {
    const late = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE);
    await this.app.close();
    clearTimeout(late);
    if (this.process.signalCode === 'SIGKILL')
      throw new Error(`The app did not end within ${PATIENCE / 1_000} seconds of being asked to.`);
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const others = descendants(this.process.pid!);
    const exit = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await exit;
    await ended(others);
  }
}

function emptyHome(folder: string): Record<string, string> {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return { HOME: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '', XDG_CACHE_HOME: '', XDG_STATE_HOME: '' };
}
