import { modelToSave } from '../../main/models/fixtures/model-to-save';
import { readSafetensors, readSafetensorsStream } from '../../main/train/read-safetensors';
import { safetensorsBytes } from '../../main/train/safetensors';
import type { FuzzedReader } from './reader';

/** Safetensors, read at once and as a stream: both must find the same, or refuse. */
export const safetensors: FuzzedReader = {
  name: 'safetensors',
  async seeds() {
    const { weights } = modelToSave();
    const few = new Map([
      ['a', { dtype: 'uint8', shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) }],
      ['none', { dtype: 'float32', shape: [0], data: new Float32Array(0) }],
      ['b', { dtype: 'int32', shape: [], data: Int32Array.of(7) }],
    ] as const);
    return [safetensorsBytes(weights, { note: 'a' }), safetensorsBytes(few, {})];
  },
  async read(bytes) {
    let whole: ReturnType<typeof readSafetensors> | null = null;
    try {
      whole = readSafetensors(bytes);
    } catch (error) {
      if (!this.isRefusal(error)) throw error;
    }
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += 13) yield bytes.subarray(at, at + 13);
    };
    const streamed = await readSafetensorsStream(pieces(), bytes.length).catch((error: unknown) => {
      if (!this.isRefusal(error)) throw error;
      return null;
    });
    const names = (read: typeof whole) => read && JSON.stringify([...read.tensors.keys()]);
    if (names(whole) !== names(streamed)) throw new TypeError('The two ways of reading differ.');
    if (!whole) throw new Error('refused');
  },
  // A sentence of the reader's own; mistakes of the program are of other kinds.
  isRefusal: (error) => error instanceof Error && error.constructor === Error,
};
