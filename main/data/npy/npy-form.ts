import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { type ArrayForm, type ArrayHeader, formatBytesOfStart } from '../array-file';
import { type NpyType, npyTypeOf } from './npy-type';

export interface NpyHeader extends ArrayHeader {
  readonly type: NpyType;
  readonly bigEndian: boolean;
  /** First axis fastest, instead of last. */
  readonly fortranOrder: boolean;
  /** All axes; the first counts the samples. */
  readonly dimensions: readonly number[];
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** numpy itself writes far less; a longer header is damage or an attack. */
const LONGEST_HEADER = 2 ** 20;

/**
 * NumPy's own file form, versions 1.0, 2.0 and 3.0 (numpy.lib.format): a magic string, the version, the header's
 * length, and a Python dictionary literal with dtype, order and shape. The literal is matched, never evaluated.
 */
export const npyForm: ArrayForm<NpyHeader> = {
  name: 'NPY',
  parseHeader(start, file) {
    if (MAGIC.some((byte, place) => place < start.length && start[place] !== byte)) {
      throw new ProblemError(problem('NPY_WRONG_MAGIC', { file, found: formatBytesOfStart(start, 6) }));
    }
    if (start.length < 8) return null;
    const version = start[6] ?? 0;
    if (version < 1 || version > 3) throw badHeader(file, `is of version ${version}, not 1, 2 or 3`);
    const lengthBytes = version === 1 ? 2 : 4;
    if (start.length < 8 + lengthBytes) return null;
    const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
    const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
    if (length > LONGEST_HEADER) throw badHeader(file, `declares a header of ${length} bytes`);
    const headerBytes = 8 + lengthBytes + length;
    if (start.length < headerBytes) return null;
    const text = Buffer.from(start.subarray(8 + lengthBytes, headerBytes)).toString(
      version === 3 ? 'utf8' : 'latin1',
    );
    const { descr, fortranOrder, dimensions } = parseLiteral(text, file);
    const { type, bigEndian } = npyTypeOf(descr, file);
    const values = dimensions.reduce((product, axis) => product * axis, 1);
    return {
      headerBytes,
      bodyBytes: values * type.bytes,
      residentBytes: values * (type.held === 'uint8' ? 1 : 4),
      type,
      bigEndian,
      fortranOrder,
      dimensions,
    };
  },
};

/** Whether a file that begins so is an NPY file. */
export function looksLikeNpy(start: Uint8Array): boolean {
  return MAGIC.every((byte, place) => start[place] === byte);
}

function badHeader(file: string, reason: string): ProblemError {
  return new ProblemError(problem('NPY_BAD_HEADER', { file, reason }));
}

const quoted = (key: string) => `(?:'${key}'|"${key}")\\s*:\\s*`;
const descrPattern = new RegExp(`${quoted('descr')}(?:'([^']*)'|"([^"]*)"|(\\[[^\\]]*\\]))`);
const orderPattern = new RegExp(`${quoted('fortran_order')}(True|False)`);
const shapePattern = new RegExp(`${quoted('shape')}\\(([\\dL,\\s]*)\\)`);

function parseLiteral(text: string, file: string) {
  const [, single, double, structured] = descrPattern.exec(text) ?? [];
  const descr = single ?? double ?? structured;
  const order = orderPattern.exec(text)?.[1];
  const shape = shapePattern.exec(text)?.[1];
  const literal = text.trim();
  if (!literal.startsWith('{') || !literal.endsWith('}')) throw badHeader(file, 'holds no dictionary there');
  if (descr === undefined) throw badHeader(file, 'has no descr');
  if (order === undefined) throw badHeader(file, 'has no fortran_order');
  if (shape === undefined) throw badHeader(file, 'has no shape');
  const entries = shape.split(',').map((entry) => entry.trim().replace(/L$/, ''));
  const dimensions = entries
    .filter((entry, index) => entry !== '' || index < entries.length - 1)
    .map(toLength);
  if (dimensions.some((length) => length === null)) throw badHeader(file, `has the shape (${shape})`);
  return { descr, fortranOrder: order === 'True', dimensions: dimensions.flatMap((length) => length ?? []) };
}

function toLength(entry: string): number | null {
  return /^\d{1,15}$/.test(entry) ? Number(entry) : null;
}
