import { join } from 'node:path';
import envPaths from 'env-paths';

/** What a command sees of the world. Results go to `out`, everything else to `err`. */
export interface CliIo {
  out(text: string): void;
  err(text: string): void;
  /** Where progress bars are drawn, or null where `err` is not a terminal. */
  readonly terminal: NodeJS.WriteStream | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** Where what went wrong inside Hourglass is written down. */
  readonly logFile: string;
  /** Where a command remembers things that are worth nothing to the user. */
  readonly cacheFolder: string;
  /** The app's own, where it keeps its runs and settings. */
  readonly dataFolder: string;
  /** Calls back on Ctrl+C. @returns a function that ends this */
  onInterrupt(listener: () => void): () => void;
}

/** The real thing: this process's streams, folders and signals. */
export function processIo(): CliIo {
  const paths = envPaths('hourglass', { suffix: '' });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY ? process.stderr : null,
    env: process.env,
    workingFolder: process.cwd(),
    logFile: join(paths.log, 'cli.log'),
    cacheFolder: paths.cache,
    dataFolder: process.env.HOURGLASS_DATA_FOLDER ?? paths.data,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}
