import type { Transport } from '../../shared/ipc/transport';

/** A program of ours in a process of its own, whatever a shell starts processes with. */
export interface HostedProcess {
  /** None before it was born, and none any more once it has ended. */
  pid(): number | undefined;
  /** Closes when the process ends, with how it ended; closing it kills the process. */
  readonly transport: Transport;
  /** Its stdout and stderr, where they are wanted. */
  readonly outputs: readonly NodeJS.ReadableStream[];
  /** Resolves when the process has ended. */
  readonly gone: Promise<void>;
  /** Asks it to end. */
  end(): void;
  /** Ends it at once. */
  kill(): void;
}

/** What becomes of a process's stdout and stderr: `pipe` has to be read. */
export type Output = 'pipe' | 'ignore';
