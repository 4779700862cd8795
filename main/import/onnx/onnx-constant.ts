import type { TensorProto } from '../../execute/onnx/onnx_pb';
import { halfOf } from '../half-numbers';
import { damaged } from '../untrusted-config';

/** A tensor that is known without running the model. */
export interface OnnxConstant {
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Bytes of a number, by the numbers of `TensorProto.DataType`; the types that are read. */
const WIDTHS: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [2, 1],
  [3, 1],
  [4, 2],
  [5, 2],
  [6, 4],
  [7, 8],
  [9, 1],
  [10, 2],
  [11, 8],
]);
/** The most axes of a tensor. */
const MOST_AXES = 8;

/** Where the numbers of a tensor lie beside the model. */
export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
  readonly length: number | null;
}

/** How many bytes a tensor declares. @throws ProblemError where its lengths or type are none */
export function declaredBytes({ name, dims, dataType }: TensorProto, file: string): number {
  const width = WIDTHS.get(dataType);
  if (width === undefined)
    throw damaged(file, `“${short(name)}” holds numbers of a kind (${dataType}) that isn’t read`);
  if (dims.length > MOST_AXES) throw damaged(file, `“${short(name)}” has ${dims.length} axes`);
  const count = dims.reduce((product, length) => product * Number(length), 1);
  if (dims.some((length) => length < 0n) || !Number.isSafeInteger(count)) {
    throw damaged(file, `“${short(name)}” has lengths of ${dims.slice(0, MOST_AXES).join(', ')}`);
  }
  return count * width;
}

export function externalPlace({ name, externalData }: TensorProto, file: string): ExternalPlace {
  const entries = new Map(externalData.map(({ key, value }) => [key, value]));
  const [offset, length] = [Number(entries.get('offset') ?? 0), entries.get('length')];
  const location = entries.get('location') ?? '';
  const isWhole = [offset, Number(length ?? 0)].every((bytes) => Number.isSafeInteger(bytes) && bytes >= 0);
  if (location === '' || !isWhole) throw damaged(file, `“${short(name)}” does not say where its numbers lie`);
  return { location, offset, length: length === undefined ? null : Number(length) };
}

/**
 * The numbers of a tensor: floats as float32, whole numbers as they are.
 *
 * @param external its bytes, where they lie beside the model
 * @throws ProblemError where there are not as many as its lengths say
 */
export function constantOf(tensor: TensorProto, external: Uint8Array | null, file: string): OnnxConstant {
  const bytes = declaredBytes(tensor, file);
  const dims = tensor.dims.map(Number);
  const count = bytes / (WIDTHS.get(tensor.dataType) ?? 1);
  const raw = external ?? tensor.rawData;
  if (raw.length > 0 || external) {
    if (raw.length !== bytes) {
      throw damaged(file, `“${short(tensor.name)}” has ${raw.length} bytes, where its lengths say ${bytes}`);
    }
    return { dims, data: numbersOf(raw, tensor.dataType, count) };
  }
  const listed = listedNumbers(tensor);
  if (listed.length !== count) {
    throw damaged(
      file,
      `“${short(tensor.name)}” has ${listed.length} numbers, where its lengths say ${count}`,
    );
  }
  return { dims, data: listed };
}

export const short = (name: string) => name.slice(0, 100);

function numbersOf(raw: Uint8Array, type: number, count: number): Float32Array | Float64Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  switch (type) {
    case 1:
      return Float32Array.from({ length: count }, (_, index) => view.getFloat32(index * 4, true));
    case 10:
      return Float32Array.from({ length: count }, (_, index) => halfOf(view.getUint16(index * 2, true)));
    case 11:
      return Float32Array.from({ length: count }, (_, index) => view.getFloat64(index * 8, true));
    case 7:
      return Float64Array.from({ length: count }, (_, index) => Number(view.getBigInt64(index * 8, true)));
    case 6:
      return Float64Array.from({ length: count }, (_, index) => view.getInt32(index * 4, true));
    case 3:
      return Float64Array.from({ length: count }, (_, index) => view.getInt8(index));
    case 4:
      return Float64Array.from({ length: count }, (_, index) => view.getUint16(index * 2, true));
    case 5:
      return Float64Array.from({ length: count }, (_, index) => view.getInt16(index * 2, true));
    default:
      return Float64Array.from(raw);
  }
}

/** The numbers of lists in place of raw bytes. */
function listedNumbers({ dataType, floatData, doubleData, int64Data, int32Data }: TensorProto) {
  if (dataType === 1) return Float32Array.from(floatData);
  if (dataType === 11) return Float32Array.from(doubleData);
  if (dataType === 10) return Float32Array.from(int32Data, halfOf);
  if (dataType === 7) return Float64Array.from(int64Data, Number);
  return Float64Array.from(int32Data);
}
