/** What every measured engine is asked to do: the same model, the same samples, in its own usual way. */
export interface Task {
  readonly model: 'dense' | 'conv';
  /** Raw uint8 samples, `count` × 784, row-major: 0–255 stands for 0–1. */
  readonly samplesFile: string;
  readonly count: number;
  readonly batchSize: number;
  /** Epochs that are timed, after one that is not. */
  readonly epochs: number;
}

/** One timed go of one engine. */
export interface Reading {
  /** Training samples a second over the timed epochs, everything between two epochs included. */
  readonly samplesPerSecond: number;
  /** The most memory the process has held so far, in MiB. */
  readonly peakMemoryMB: number;
}

/** The process's peak resident memory in MiB. */
export function peakMemoryMB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
