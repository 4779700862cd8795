import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The browser host as a user starts it, in a process of its own, on a free port. */
export class BrowserHost {
  private constructor(
    readonly process: ChildProcess,
    /** What it prints for the user to open; holds the one-time token. */
    readonly address: string,
  ) {}

  /** @param dataFolder where it keeps unsaved changes */
  static start(dataFolder: string, env: Readonly<Record<string, string>> = {}): Promise<BrowserHost> {
    const child = spawn(process.execPath, [join(root, 'dist/browser.mjs')], {
      env: {
        ...process.env,
        HOURGLASS_PORT: '0',
        HOURGLASS_NO_OPEN: '1',
        HOURGLASS_NO_DOWNLOAD: '1',
        HOURGLASS_DATA_FOLDER: dataFolder,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let printed = '';
      const onText = (text: Buffer) => {
        printed += text;
        const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(printed)?.[0];
        if (address) resolve(new BrowserHost(child, address));
      };
      child.stdout.on('data', onText);
      child.stderr.on('data', onText);
      child.on('close', (code) =>
        reject(new Error(`The host ended (exit ${code}) before it gave an address:\n${printed}`)),
      );
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }
}
