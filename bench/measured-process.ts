import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Reading, Task } from './engines/measurement';

/** Loading Keras or PyTorch on a busy machine takes a while; one go is a few seconds. */
const LIMIT_MS = 300_000;

/** One engine in a process of its own, measured on demand and idle otherwise. */
export class MeasuredProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
  ) {}

  /** Starts the engine. @throws Error with what it printed, when it ends before it is ready. */
  static async start(command: string, args: readonly string[], task: Task): Promise<MeasuredProcess> {
    const child = spawn(command, [...args, JSON.stringify(task)], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => {
      complaints = (complaints + text).slice(-4000);
    });
    const process = new MeasuredProcess(child, createInterface({ input: child.stdout }));
    try {
      for (;;) if ((await process.nextLine()) === 'ready') return process;
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`${error instanceof Error ? error.message : error}\n${complaints}`);
    }
  }

  async measure(): Promise<Reading> {
    this.child.stdin?.write('go\n');
    for (;;) {
      const line = await this.nextLine();
      if (line.startsWith('{')) return JSON.parse(line) as Reading;
    }
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  private nextLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.lines.off('line', onLine);
        this.child.off('close', onClose);
      };
      const onLine = (line: string) => {
        settle();
        resolve(line);
      };
      const onClose = (code: number | null) => {
        settle();
        reject(new Error(`The process ended with exit code ${code}.`));
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`No answer in ${LIMIT_MS / 1000} s.`));
      }, LIMIT_MS);
      this.lines.once('line', onLine);
      this.child.once('close', onClose);
    });
  }
}
