import type { Scaling } from '../../shared/document/data-reference';
import type { Shape } from '../../shared/tensors/shape';

export type Split = 'train' | 'test';

/** Samples held in memory in their own type. uint8 samples stand for value / 255; float32 for themselves. */
export interface SampleArray {
  readonly dtype: 'uint8' | 'float32';
  readonly count: number;
  /** One sample, channels last. */
  readonly shape: Shape;
  /** `count` × values of a sample, row-major. */
  readonly values: Uint8Array | Float32Array;
  readonly labels: Int32Array | null;
}

/** A loaded data set. */
export interface Dataset {
  /** What the user calls it: a folder's name, “Digits and shapes”. */
  readonly name: string;
  readonly train: SampleArray;
  /** Where the source has a test set of its own. */
  readonly test: SampleArray | null;
  /** Label names by label number, where known. */
  readonly labelNames: readonly string[] | null;
  /** Smallest and largest value, in the 0–1 scale for uint8, as they are for float32. */
  readonly range: readonly [min: number, max: number];
  readonly fingerprint: string;
  /** Of a table: the names of all its columns, and of those that make a sample. */
  readonly columns?: { readonly all: readonly string[]; readonly used: readonly string[] };
  /** How the values were scaled from those of the files, where they were. */
  readonly scaling?: FittedScaling;
  /** What was done to the data that the user should know: pictures skipped, resized, Fortran order turned. */
  readonly notes: readonly string[];
}

/** `scaled = (value − offset) × factor`, and back again. */
export interface FittedScaling {
  readonly kind: Exclude<Scaling, 'none'>;
  /** One entry for every value of a sample, or a single one for all. */
  readonly offset: readonly number[];
  readonly factor: readonly number[];
}

/** The largest difference there may be between two values: 1 for bytes, else as far as the values reach. */
export function peakOf({ train, range: [min, max] }: Dataset): number {
  return train.dtype === 'uint8' || max <= min ? 1 : max - min;
}

/** Bounds that loading never passes. Each is checked before memory is taken. */
export interface DataLimits {
  /** Bytes of samples held in memory, in the type they are held in. */
  readonly bytes: number;
  /** Pixels of one picture file before it is resized. */
  readonly picturePixels: number;
  /** Files looked at in a folder of pictures. */
  readonly files: number;
}

/** How loading is watched and called off. */
export interface LoadControl {
  readonly signal?: AbortSignal;
  /** Tighter or wider bounds than the usual ones (`load-limits.ts`). */
  readonly limits?: Partial<DataLimits>;
  /** `done` of `total` in the unit named (`pictures`, `bytes`, `samples`). */
  onProgress?(progress: {
    readonly stage: string;
    readonly done: number;
    readonly total: number;
    readonly unit: string;
  }): void;
}
