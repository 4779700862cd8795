import { type ChildProcess, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test';
import { electronProgram } from '../shells/electron-program';
import { bridgeMouse } from '../shells/old-electron';
import { HourglassWindow } from './hourglass-window';
import { SystemSide } from './system-side';

/** The desktop app with what only the system sees of it: its windows, menus and dialogs. */
export class DesktopApp {
  readonly process: ChildProcess;
  readonly system: SystemSide;
  private readonly met = new Set<Page>();

  private constructor(
    readonly electron: ElectronApplication,
    private readonly old: boolean,
  ) {
    this.process = electron.process();
    this.system = new SystemSide(electron);
  }

  /**
   * @param folder what the app keeps is kept in here
   * @param files named on its command line
   */
  static async start(
    folder: string,
    files: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<DesktopApp> {
    const { path, args, old, env: own } = commandOf(folder);
    const app = new DesktopApp(
      await electron.launch({
        executablePath: path,
        args: [...args, ...files],
        env: { ...own, ...env },
        // Chromium's sandbox of processes does not run as root.
        chromiumSandbox: process.getuid?.() !== 0,
      }),
      old,
    );
    await app.watch();
    return app;
  }

  /** Notes what the task bar is told, and which documents it is to list. */
  private async watch(): Promise<void> {
    await this.system.watch();
    await this.electron.evaluate(({ app, BrowserWindow }) => {
      const recent: string[] = [];
      Object.assign(globalThis, { recentDocuments: recent });
      const { addRecentDocument } = app;
      app.addRecentDocument = (path) => {
        recent.push(path);
        addRecentDocument.call(app, path);
      };
      const { setProgressBar } = BrowserWindow.prototype;
      const progress: [number, string][] = [];
      Object.assign(globalThis, { progress });
      BrowserWindow.prototype.setProgressBar = function (share, options) {
        progress.push([share, options?.mode ?? 'normal']);
        setProgressBar.call(this, share, options);
      };
    });
  }

  /** Waits for the n-th window, counted from 0 in the order in which they opened, and for the engine. */
  async window(index = 0): Promise<HourglassWindow> {
    await expect.poll(() => this.electron.windows().length).toBeGreaterThan(index);
    return this.windowOf(this.electron.windows()[index]!);
  }

  /** The window that opens while something is done. */
  async windowOpenedBy(act: () => Promise<unknown>): Promise<HourglassWindow> {
    const [page] = await Promise.all([this.electron.waitForEvent('window'), act()]);
    return this.windowOf(page);
  }

  private async windowOf(page: Page): Promise<HourglassWindow> {
    if (this.old && !this.met.has(page)) await bridgeMouse(page);
    this.met.add(page);
    const window = new HourglassWindow(page, this.system);
    await window.ready();
    return window;
  }

  clickMenu({ page }: HourglassWindow, id: string): Promise<void> {
    return this.system.clickMenu(page, id);
  }

  /** What the task bar was told: a share and a mode at a time. */
  progress(): Promise<[number, string][]> {
    return this.electron.evaluate(() => Reflect.get(globalThis, 'progress'));
  }

  /** The documents that the task bar or dock was told to list, the newest last. */
  recentDocuments(): Promise<string[]> {
    return this.electron.evaluate(() => Reflect.get(globalThis, 'recentDocuments'));
  }

  /** Notes notifications in place of showing them: a display without a desktop has none. */
  async watchNotifications(): Promise<void> {
    await this.electron.evaluate(({ Notification }) => {
      const shown: { title: string; body: string }[] = [];
      Object.assign(globalThis, { notifications: shown });
      Notification.isSupported = () => true;
      Notification.prototype.show = function () {
        shown.push({ title: this.title, body: this.body });
      };
    });
  }

  notifications(): Promise<{ title: string; body: string }[]> {
    return this.electron.evaluate(() => Reflect.get(globalThis, 'notifications'));
  }

  /** Puts the main process's clock forward. */
  async letTimePass(seconds: number): Promise<void> {
    await this.electron.evaluate((_, ahead) => {
      const { performance } = globalThis;
      const now = performance.now.bind(performance);
      performance.now = () => now() + ahead * 1_000;
    }, seconds);
  }

  /** No window has the focus from now on, as when the user is in another program. */
  async letNobodyWatch(): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getFocusedWindow = () => null;
    });
  }

  /** Ends the engine's process at once. */
  killEngine(): void {
    const { status, stdout } = spawnSync('pgrep', ['-f', 'engine.mjs', '-P', String(this.process.pid)], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error('The app has no engine.');
    for (const pid of stdout.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
  }

  /** Presses the button that closes a window's frame. */
  async close(window: HourglassWindow): Promise<void> {
    await this.electron.evaluate(
      ({ BrowserWindow }, number) => BrowserWindow.fromId(number)?.close(),
      await this.system.idOf(window.page),
    );
  }

  async titleOf(window: HourglassWindow): Promise<string | undefined> {
    return this.electron.evaluate(
      ({ BrowserWindow }, number) => BrowserWindow.fromId(number)?.getTitle(),
      await this.system.idOf(window.page),
    );
  }

  /** Asks the app to end, as its menu does. */
  async quit(): Promise<void> {
    await this.electron.evaluate(({ app }) => app.quit());
  }

  windowCount(): Promise<number> {
    return this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  }

  /** Where the first window is, and how large. */
  frame(): Promise<{ x: number; y: number; width: number; height: number } | undefined> {
    return this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  }

  /** Puts the first window elsewhere, in another size, as by its edges. */
  async reframe(frame: { x: number; y: number; width: number; height: number }): Promise<void> {
    await this.electron.evaluate(
      ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
      frame,
    );
  }

  /** Where the windows are on the screen. */
  places(): Promise<{ x: number; y: number }[]> {
    return this.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => {
        const { x, y } = each.getBounds();
        return { x, y };
      }),
    );
  }

  /** Hands the app a file as macOS does. */
  async openFromSystem(path: string): Promise<void> {
    await this.electron.evaluate(({ app }, file) => {
      app.emit('open-file', { preventDefault: () => {} }, file);
    }, path);
  }

  get hasEnded(): boolean {
    const { exitCode, signalCode } = this.process;
    return exitCode !== null || signalCode !== null;
  }

  /** Waits until its process is gone. */
  async ended(): Promise<void> {
    await expect.poll(() => this.hasEnded).toBe(true);
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    const closed = this.electron.waitForEvent('close');
    this.process.kill('SIGKILL');
    await closed;
  }
}

/** What starts the app in a folder, also for a second start beside the first. */
export function commandOf(folder: string) {
  const { path, app, old } = electronProgram();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return {
    path,
    old,
    args: [app, '--disable-gpu', ...sandbox, `--user-data-dir=${join(folder, 'electron')}`],
    env: {
      ...(process.env as Record<string, string>),
      // The old Electron's engine runs in this Node.
      npm_node_execpath: process.execPath,
      HOURGLASS_NO_DOWNLOAD: '1',
      HOURGLASS_DATA_FOLDER: folder,
    },
  };
}
