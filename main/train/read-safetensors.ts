import { z } from 'zod';
import type { Tensor } from '../execute/executor';
import { isLittleEndian } from './safetensors';

const entrySchema = z.object({
  dtype: z.enum(['F32', 'I32', 'U8']),
  shape: z.array(z.int().min(0)).max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());

/** Of a header; the largest drawings have some thousand tensors. */
const LONGEST_HEADER = 16 * 1024 * 1024;
const WIDTHS = { F32: 4, I32: 4, U8: 1 } as const;

export interface SafetensorsContent {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Reads a safetensors file (see `safetensorsBytes`) of the types that Hourglass writes. The tensors are copies.
 *
 * @throws Error that says what is wrong where the header, a type, a length or a place is not what it should be
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsContent {
  if (bytes.length < 8) throw new Error('it is too short');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(LONGEST_HEADER, bytes.length - 8))) throw new Error('its header is cut off');
  const start = 8 + Number(length);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start));
  const { __metadata__: metadata, ...entries } = headerSchema.parse(JSON.parse(text));
  const data = bytes.subarray(start);
  const tensors = new Map<string, Tensor>();
  for (const [name, value] of Object.entries(entries)) {
    const { dtype, shape, data_offsets } = entrySchema.parse(value);
    const [begin, end] = data_offsets;
    const size = shape.reduce((product, side) => product * side, WIDTHS[dtype]);
    if (end > data.length || end - begin !== size)
      throw new Error(`“${name}” has other bytes than its shape`);
    // A Buffer’s own slice would not be a copy.
    tensors.set(name, tensorOf(dtype, shape, new Uint8Array(data.subarray(begin, end))));
  }
  return { metadata: metadata === undefined ? {} : metadataSchema.parse(metadata), tensors };
}

function tensorOf(dtype: 'F32' | 'I32' | 'U8', shape: number[], bytes: Uint8Array<ArrayBuffer>): Tensor {
  if (dtype === 'U8') return { dtype: 'uint8', shape, data: bytes };
  const { buffer } = isLittleEndian ? bytes : Buffer.from(bytes).swap32();
  if (!(buffer instanceof ArrayBuffer)) throw new Error('A copy has memory of its own.');
  return dtype === 'F32'
    ? { dtype: 'float32', shape, data: new Float32Array(buffer, 0, bytes.length / 4) }
    : { dtype: 'int32', shape, data: new Int32Array(buffer, 0, bytes.length / 4) };
}
