import type { Tensor } from '../execute/executor';

const DTYPES = { float32: 'F32', int32: 'I32', uint8: 'U8' } as const;
/** The header is filled up with spaces to a multiple of this, so that every float lies aligned. */
const ALIGNMENT = 8;

/**
 * Tensors as a safetensors file (Hugging Face; https://huggingface.co/docs/safetensors): the header's length as a
 * little-endian 64-bit number, the header (JSON: name → dtype, shape, byte offsets from the end of the header), then
 * all data, little-endian, without gaps, in the order of the map.
 *
 * @param metadata texts by name, kept under `__metadata__`
 */
export function safetensorsBytes(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let dataLength = 0;
  for (const [name, { dtype, shape, data }] of tensors) {
    const offsets = [dataLength, dataLength + data.byteLength];
    header.push([name, { dtype: DTYPES[dtype], shape, data_offsets: offsets }]);
    dataLength += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(8 + headerLength + dataLength).fill(0x20, 8, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  let offset = 8 + headerLength;
  for (const { data } of tensors.values()) {
    bytes.set(littleEndian(data), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** Whether this machine keeps numbers as the file does. */
export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function littleEndian(data: Tensor['data']): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return isLittleEndian || data.BYTES_PER_ELEMENT === 1 ? bytes : Buffer.from(bytes).swap32();
}
