import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { descendants, ended } from './process-tree';
import type { Launcher, Shell } from './shell';

const root = join(import.meta.dirname, '../..');

/** The browser host as a user starts it, in a process of its own, on a free port; its window in a fresh browser context. */
export class BrowserShell implements Shell {
  readonly system = null;

  private constructor(
    private readonly host: ChildProcess,
    readonly page: Page,
  ) {}

  static launcher(browser: Browser): Launcher {
    return {
      start: async (folder) => {
        const { host, address } = await startHost(folder);
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(address);
        return new BrowserShell(host, page);
      },
      close: () => browser.close(),
    };
  }

  async engines(): Promise<number[]> {
    return descendants(this.host.pid!)
      .filter(({ command }) => command.includes('engine.mjs'))
      .map(({ pid }) => pid);
  }

  quit(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.host.exitCode === null && this.host.signalCode === null) {
      const others = descendants(this.host.pid!);
      const exit = new Promise((resolve) => this.host.once('close', resolve));
      this.host.kill(signal);
      await exit;
      await ended(others);
    }
    await this.page.context().close();
  }
}

/** @returns the host and what it prints for the user to open, which holds the one-time token */
function startHost(folder: string): Promise<{ host: ChildProcess; address: string }> {
  const host = spawn(process.execPath, [join(root, 'dist/browser.mjs')], {
    env: {
      ...process.env,
      HOURGLASS_PORT: '0',
      HOURGLASS_NO_OPEN: '1',
      HOURGLASS_NO_DOWNLOAD: '1',
      HOURGLASS_DATA_FOLDER: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let printed = '';
    const onText = (text: Buffer) => {
      printed += text;
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(printed)?.[0];
      if (address) resolve({ host, address });
    };
    host.stdout.on('data', onText);
    host.stderr.on('data', onText);
    host.on('close', (code) =>
      reject(new Error(`The host ended (exit ${code}) before it gave an address:\n${printed}`)),
    );
  });
}
