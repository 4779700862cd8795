import type { Tensor } from '../execute/executor';

const DTYPES = { float32: 'F32', int32: 'I32', uint8: 'U8' } as const;
/** The header is filled up with spaces to a multiple of this, so that every float lies aligned. */
const ALIGNMENT = 8;
/** Of a tensor in one piece: small enough that nothing waits long for one. */
const PIECE = 1024 * 1024;

/** A file that is written piece by piece, each a view of what it is made from. */
export interface SafetensorsPieces {
  /** Bytes of all pieces together. */
  readonly length: number;
  pieces(): Generator<Uint8Array>;
}

/**
 * Tensors as a safetensors file (Hugging Face; https://huggingface.co/docs/safetensors): the header's length as a
 * little-endian 64-bit number, the header (JSON: name → dtype, shape, byte offsets from the end of the header), then
 * all data, little-endian, without gaps, in the order of the map.
 *
 * @param metadata texts by name, kept under `__metadata__`
 */
export function safetensorsPieces(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): SafetensorsPieces {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let dataLength = 0;
  for (const [name, { dtype, shape, data }] of tensors) {
    const offsets = [dataLength, dataLength + data.byteLength];
    header.push([name, { dtype: DTYPES[dtype], shape, data_offsets: offsets }]);
    dataLength += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const head = new Uint8Array(8 + headerLength).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(headerLength), true);
  head.set(json, 8);
  const pieces = function* () {
    yield head;
    for (const { data } of tensors.values()) {
      for (let at = 0; at < data.byteLength; at += PIECE) {
        const bytes = new Uint8Array(
          data.buffer,
          data.byteOffset + at,
          Math.min(PIECE, data.byteLength - at),
        );
        yield isLittleEndian || data.BYTES_PER_ELEMENT === 1 ? bytes : Buffer.from(bytes).swap32();
      }
    }
  };
  return { length: head.length + dataLength, pieces };
}

/** The same in one piece of its own. */
export function safetensorsBytes(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const { length, pieces } = safetensorsPieces(tensors, metadata);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Whether this machine keeps numbers as the file does. */
export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
