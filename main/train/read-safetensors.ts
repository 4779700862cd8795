import { z } from 'zod';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { Tensor } from '../execute/executor';

/** As the format's own readers have it. */
const MOST_HEADER_BYTES = 100_000_000;
const MOST_AXES = 16;

const ARRAYS = { F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;
const DTYPES = { F32: 'float32', I32: 'int32', U8: 'uint8' } as const;

const entry = z.strictObject({
  dtype: z.enum(['F32', 'I32', 'U8']),
  shape: z.array(z.int().min(0)).max(MOST_AXES),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).default({}) }).catchall(entry);

export interface SafetensorsFile {
  /** In the order of the header. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a safetensors file (see `safetensorsBytes`) of float32, int32 and uint8 tensors that fill it without gaps, as all
 * files of Hourglass do.
 *
 * @param path for what is said of it
 * @throws ProblemError SAFETENSORS_INVALID where it is none, or not whole
 */
export function readSafetensors(bytes: Uint8Array, path: string): SafetensorsFile {
  const invalid = (why: string) => new ProblemError(problem('SAFETENSORS_INVALID', { path, why }));
  if (bytes.length < 8) throw invalid('it is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  const start = 8 + headerLength;
  if (headerLength > MOST_HEADER_BYTES || start > bytes.length) throw invalid('its header is cut off');
  const header = headerOf(bytes.subarray(8, start));
  if (!header) throw invalid('its header cannot be understood');
  const { __metadata__: metadata, ...entries } = header;
  const listed = Object.entries(entries);
  const tensors = new Map<string, Tensor>();
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of listed) {
    const [from, to] = offsets;
    const array = ARRAYS[dtype];
    if (from !== end || to - from !== valueCount(shape) * array.BYTES_PER_ELEMENT) {
      throw invalid(`the place of ${name} does not fit its shape`);
    }
    if (start + to > bytes.length) throw invalid('its end is missing');
    // A copy of its own lies aligned.
    const copy = inOwnOrder(bytes.slice(start + from, start + to), array.BYTES_PER_ELEMENT);
    tensors.set(name, { dtype: DTYPES[dtype], shape, data: new array(copy.buffer) });
    end = to;
  }
  if (start + end !== bytes.length) throw invalid('more follows than its header tells of');
  return { tensors, metadata };
}

function headerOf(bytes: Uint8Array): z.infer<typeof headerSchema> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return headerSchema.safeParse(value).data ?? null;
  } catch {
    return null;
  }
}

/** From little-endian to the order of this machine; in place. */
function inOwnOrder(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (!isLittle && size === 4) Buffer.from(bytes.buffer).swap32();
  return bytes;
}
