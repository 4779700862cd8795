import { z } from 'zod';
import type { DType } from '../ops/program';

/** Of a header; the largest drawings have some thousand tensors. */
const LONGEST_HEADER = 16 * 1024 * 1024;
const WIDTHS = { F32: 4, I32: 4, U8: 1 } as const;
const DTYPES = { F32: 'float32', I32: 'int32', U8: 'uint8' } as const;

const entrySchema = z.strictObject({
  dtype: z.enum(['F32', 'I32', 'U8']),
  shape: z.array(z.int().min(0)).max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const metadataSchema = z.record(z.string(), z.string());

/** Where a tensor lies, counted from the end of the header. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order in which they lie, one right behind the other, from the first byte of the data to the last. */
  readonly places: readonly TensorPlace[];
}

/**
 * How long the header is, from the first eight bytes of a file.
 *
 * @param size of the whole file
 * @throws Error where it can't be so long
 */
export function headerLength(start: Uint8Array, size: number): number {
  if (start.length < 8) throw new Error('it is too short');
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.max(0, Math.min(LONGEST_HEADER, size - 8)))) {
    throw new Error('its header is cut off');
  }
  return Number(length);
}

/**
 * Reads a safetensors header (https://huggingface.co/docs/safetensors) of the types that Hourglass writes. As the format
 * demands, tensors cover the data from end to end: a gap could hide something, an overlap would be two tensors in one.
 *
 * @param dataLength of what follows the header
 * @throws Error that says what is wrong
 */
export function safetensorsHeader(json: Uint8Array, dataLength: number): SafetensorsHeader {
  const entries = parsed(json);
  const metadata = entries.get('__metadata__');
  entries.delete('__metadata__');
  const places = [...entries].map(([name, value]) => placeOf(name, value));
  places.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of places) {
    if (begin > at)
      throw new Error(`there are ${begin - at} bytes before “${name}” that belong to no tensor`);
    if (begin < at) throw new Error(`“${name}” overlaps the tensor before it`);
    at = end;
  }
  if (at > dataLength) throw new Error(`it is cut off: ${at - dataLength} bytes of its tensors are missing`);
  if (at < dataLength) throw new Error(`there are ${dataLength - at} bytes behind its tensors`);
  if (metadata === undefined) return { metadata: {}, places };
  const read = metadataSchema.safeParse(metadata);
  if (!read.success) throw new Error('its metadata are no texts');
  return { metadata: read.data, places };
}

function parsed(json: Uint8Array): Map<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw new Error('its header is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('its header is no list of tensors');
  }
  return new Map(Object.entries(value));
}

function placeOf(name: string, value: unknown): TensorPlace {
  const read = entrySchema.safeParse(value);
  if (!read.success) throw new Error(`“${name.slice(0, 80)}” is described in a way that is not known`);
  const { dtype, shape, data_offsets } = read.data;
  const [begin, end] = data_offsets;
  const size = shape.reduce((product, side) => product * side, WIDTHS[dtype]);
  if (end - begin !== size) throw new Error(`“${name}” has other bytes than its shape`);
  return { name, dtype: DTYPES[dtype], shape, begin, end };
}
