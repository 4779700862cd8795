import type { SampleArray } from '../data/dataset';
import { filledRows, gatherRows } from '../data/sample-rows';
import type { ModelSession } from '../execute/executor';
import type { Go } from './evaluation';

/** The samples to be encoded. */
export interface SamplesToEncode {
  readonly samples: SampleArray;
  readonly rows: Int32Array;
  /** How many the program `encode` takes. */
  readonly batch: number;
}

/**
 * Encodes samples batch by batch. No corruption changes what is encoded.
 *
 * @param take is given the codes of each batch, one after the other, without those of what a last one is filled up with
 * @returns false where `go` said no
 */
export async function encodeRows(
  session: ModelSession,
  { samples, rows, batch }: SamplesToEncode,
  go: Go,
  take: (codes: ArrayLike<number>) => void,
): Promise<boolean> {
  for (let start = 0; start < rows.length; start += batch) {
    if (!(await go())) return false;
    const present = rows.subarray(start, start + batch);
    const given = gatherRows(samples, filledRows(present, batch));
    const { outputs } = await session.run('encode', { batch: given });
    const codes = outputs.code?.data;
    if (!codes) throw new Error('The program “encode” gave out no codes.');
    take(codes.subarray(0, (codes.length / batch) * present.length));
  }
  return true;
}
