/** What a claim has to work with. */
export interface ClaimContext {
  /** The folder with `mnist`, `cifar10` and `ecg5000` in it. */
  readonly dataFolder: string;
  /** Of the project. */
  readonly root: string;
  /** Trains an example by its name, or a drawing by its path, with the command line's public flags, as anyone would. @throws where the run does not complete */
  train(drawing: string, flags: readonly string[]): Promise<CompletedRun>;
  /** Tells how it goes; never on stdout. */
  say(line: string): void;
}

/** The last line of `train … --json`, as far as claims look at it. */
export interface CompletedRun {
  readonly engine: string;
  readonly samplesPerSecond: number;
  readonly test: Figures | null;
  readonly validation: Figures | null;
  readonly activity?: {
    readonly share: number;
    readonly from: number;
    readonly to: number;
    readonly units: number;
  };
  readonly anomalies?: { readonly auc: number; readonly pcaAuc?: number };
  /** Where the run's files are. */
  readonly out: string;
  /** What the loss was the sum of: at the first step, and over each epoch. */
  readonly terms: readonly Readonly<Record<string, number>>[];
}

interface Figures {
  readonly mse: number;
  readonly loss: number;
  readonly psnr?: number;
  readonly chroma?: number;
  readonly pcaMse?: number;
  readonly covered?: { readonly psnr: number; readonly inputPsnr: number };
  readonly baseline?: { readonly mse: number; readonly psnr?: number; readonly chroma?: number };
}

interface ClaimResult {
  /** What was measured, in words and numbers. */
  readonly figure: string;
  readonly holds: boolean;
}

/** Something that Hourglass is said to do, and how anyone can see for themselves. One file each, one line in `catalogue.ts`. */
export interface Claim {
  /** For `--only`: `denoising`. */
  readonly name: string;
  /** What has to be measured for it to hold. */
  readonly bar: string;
  /** The data it is made on, as a folder of `dataFolder`; null where it needs none. */
  readonly data: string | null;
  check(context: ClaimContext): Promise<ClaimResult>;
}

export function known<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`The run told no ${what}.`);
  return value;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
