import type { Shape } from '../../shared/tensors/shape';
import type { LoadControl, Split } from './dataset';

/** Some samples, one behind the other. */
export interface SampleBlock {
  readonly split: Split;
  readonly count: number;
  /** `count` × values of a sample, row-major. Good until the next block is asked for. */
  readonly values: Uint8Array | Float32Array;
  /** The class of each, where they have one. */
  readonly labels: ArrayLike<string | number> | null;
  /** What each is called (a picture's file, relative to the folder), where they have names. */
  readonly names: readonly string[] | null;
}

/** Samples in files, a block at a time: only as much as a block takes is ever in memory. */
export interface SampleStream {
  readonly name: string;
  /** uint8 stands for value / 255, float32 for itself. */
  readonly dtype: 'uint8' | 'float32';
  /** Of one sample, channels last. */
  readonly shape: Shape;
  /** How many samples there are; null where that shows at the end (text). */
  readonly count: number | null;
  /** The sets that the samples come from, in this order. */
  readonly splits: readonly Split[];
  /** What labels are; null where there are none. */
  readonly labels: 'number' | 'text' | null;
  /** Whether samples have names. */
  readonly named: boolean;
  /** Of a table: the columns that make a sample, in the order they are in it. */
  readonly columns: readonly string[] | null;
  /** What is done to the data that the user should know. */
  readonly notes: readonly string[];
  /**
   * All samples in the order of the files, those of the training set first.
   *
   * @param rows how many a block has, but for the last ones, which may have fewer; some files are read in multiples of it
   * @throws ProblemError where the files turn out not to be as they should: as loading them would. Values that are no finite
   *   numbers are counted to the end first, so that the Problem tells them all.
   * @throws Cancelled where `control.signal` was raised
   */
  blocks(rows: number, control?: LoadControl): AsyncIterable<SampleBlock>;
}

/** How data are streamed, beside what their reference says. */
export interface StreamUse {
  /** The set that is wanted; all unless told. */
  readonly split?: Split;
  /** What pictures are brought to; the most common size among them unless told. */
  readonly pictureShape?: Shape;
  /** Columns of a table by which a model was trained: these are taken, in this order. */
  readonly columns?: readonly string[];
}
