import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { type ArrayForm, type ArrayHeader, formatBytesOfStart } from '../array-file';

export interface IdxHeader extends ArrayHeader {
  /** The first counts the samples. */
  readonly dimensions: readonly number[];
}

const UNSIGNED_BYTE = 0x08;
const otherTypes: Readonly<Record<number, string>> = {
  9: '0x09 (signed bytes)',
  11: '0x0B (2-byte integers)',
  12: '0x0C (4-byte integers)',
  13: '0x0D (4-byte floats)',
  14: '0x0E (8-byte floats)',
};

/**
 * The IDX form of the MNIST files (LeCun, Cortes & Burges, 1998): 00 00, the type, the number of dimensions, each
 * dimension as a big-endian 32-bit number, then the values with the last axis running fastest.
 */
export const idxForm: ArrayForm<IdxHeader> = {
  name: 'IDX',
  parseHeader(start, file) {
    const magic = [start[0] ?? 0, start[1] ?? 0, start[2] ?? UNSIGNED_BYTE, start[3] ?? 1] as const;
    const [first, second, type, rank] = magic;
    const other = otherTypes[type];
    if (first !== 0 || second !== 0 || rank === 0 || (type !== UNSIGNED_BYTE && other === undefined)) {
      throw new ProblemError(problem('IDX_WRONG_MAGIC', { file, found: formatBytesOfStart(start, 4) }));
    }
    if (other !== undefined) throw new ProblemError(problem('IDX_TYPE', { file, type: other }));
    if (rank > 4) throw new ProblemError(problem('IDX_LABELS_ONLY', { file, dimensions: rank }));
    const headerBytes = 4 + 4 * rank;
    if (start.length < headerBytes) return null;
    const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
    const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
    return {
      headerBytes,
      bodyBytes: dimensions.reduce((product, length) => product * length, 1),
      dimensions,
    };
  },
};

/** Whether a file that begins so may be an IDX file of any type. */
export function looksLikeIdx(start: Uint8Array): boolean {
  const type = start[2] ?? 0;
  return start[0] === 0 && start[1] === 0 && (type === UNSIGNED_BYTE || type in otherTypes) && start[3] !== 0;
}
