import type { Shape } from '../../shared/tensors/shape';
import type { SampleBlock } from '../data/sample-stream';

/** What a row tells beside its values: of which sample it is. */
export interface RowOrigin extends Omit<SampleBlock, 'values'> {
  /** The number of the first row's sample, from 0. */
  readonly first: number;
}

/** The form of rows to be written. */
export interface RowsForm {
  readonly path: string;
  /** Of the values of one row, channels last. */
  readonly shape: Shape;
  /** What the values are called; by their places unless told (`u0`, `y3_x4_c0`). */
  readonly valueNames?: readonly string[];
  /** What labels are; null where rows have none. */
  readonly labels: 'number' | 'text' | null;
  /** Whether samples have names of their own. */
  readonly named: boolean;
  /** Whether it is told from which set a sample comes. */
  readonly split: boolean;
}

/** Rows of values, written one block after the other, to a place that holds them all at the end or is as it was. */
export interface RowWriter {
  /** @param values rows × values, row-major */
  write(values: Float32Array, origin: RowOrigin): Promise<void>;
  /** Flushes what was written and puts it in its place. */
  finish(): Promise<void>;
  /** Takes away what was written. */
  abandon(): Promise<void>;
}
