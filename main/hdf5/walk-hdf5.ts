import type { Dataset, Group } from 'h5wasm';
import { halfOf } from '../import/half-numbers';
import {
  type Hdf5Answer,
  type Hdf5Content,
  type Hdf5Limits,
  type Hdf5Refusal,
  type StoredTensor,
  textKey,
} from './hdf5-content';

class Refused extends Error {
  constructor(readonly refusal: Hdf5Refusal) {
    super(refusal.kind);
  }
}

const damaged = (reason: string) => new Refused({ kind: 'damaged', reason });

/** Texts that Keras keeps with groups. */
const WANTED: ReadonlySet<string> = new Set(['model_config', 'training_config', 'keras_version']);

/**
 * Reads all arrays of an HDF5 file by the HDF5 library (HDF Group) in WebAssembly (h5wasm, NIST). The library is given the bytes
 * in a memory of its own, so that no link leads out of them to a file of this computer.
 */
export async function walkHdf5(bytes: Uint8Array, limits: Hdf5Limits): Promise<Hdf5Answer> {
  const { default: hdf5 } = await import('h5wasm');
  const { FS, activate_throwing_error_handler: throwErrors } = await hdf5.ready;
  // The library's errors are thrown, in place of being written to the terminal.
  throwErrors();
  const path = '/read.h5';
  let file: InstanceType<typeof hdf5.File> | null = null;
  try {
    FS.writeFile(path, bytes);
    file = new hdf5.File(path, 'r');
    if (file.file_id < 0n) throw damaged('it is no HDF5 file');
    const walk = new Walk(limits, bytes.length, hdf5);
    walk.group(file, '', 0);
    // As plain data: it may go to another thread.
    return { content: { datasets: walk.datasets, texts: walk.texts } };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    return { refusal: { kind: 'damaged', reason: reasonOf(error) } };
  } finally {
    try {
      file?.close();
      FS.unlink(path);
    } catch {
      // What could not be opened can't be closed.
    }
  }
}

/** Of all the library says, what it came upon last. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = [...text.matchAll(/\(\): (.+)/g)].at(-1)?.[1] ?? text.split('\n')[0] ?? '';
  return said.slice(0, 200);
}

class Walk implements Hdf5Content {
  readonly datasets = new Map<string, StoredTensor>();
  readonly texts = new Map<string, string | readonly string[]>();
  #objects = 0;
  #bytes = 0;

  constructor(
    private readonly limits: Hdf5Limits,
    private readonly fileBytes: number,
    private readonly hdf5: typeof import('h5wasm').default,
  ) {}

  group(group: Group, path: string, depth: number): void {
    if (depth > this.limits.depth) throw damaged('its groups lie in each other too deep, or in a circle');
    for (const [name, attribute] of Object.entries(group.attrs)) {
      if (WANTED.has(name)) this.texts.set(textKey(path, name), textOf(attribute.value, name));
    }
    for (const key of group.keys()) {
      if (++this.#objects > this.limits.objects)
        throw new Refused({ kind: 'too-many', limit: this.limits.objects });
      const place = path === '' ? key : `${path}/${key}`;
      const entity = group.get(key);
      if (entity instanceof this.hdf5.Group) this.group(entity, place, depth + 1);
      else if (entity instanceof this.hdf5.Dataset) this.#dataset(entity, place);
      else if (entity && 'filename' in entity)
        throw damaged(`“${place.slice(0, 100)}” is a link to another file`);
      else throw damaged(`“${place.slice(0, 100)}” leads nowhere`);
    }
  }

  #dataset(dataset: Dataset, path: string): void {
    const { shape, size, type } = dataset.metadata;
    // Not trained weights, such as names; Keras keeps the seeds of dropout as whole numbers.
    if (shape === null || (type !== FLOAT && type !== INTEGER)) return;
    const count = shape.reduce((product, length) => product * length, 1);
    const bytes = count * Math.max(size, 4);
    if (shape.length > 8 || !Number.isSafeInteger(bytes))
      throw damaged(`“${path.slice(0, 100)}” has no sensible lengths`);
    const limit = Math.min(this.limits.bytes, this.fileBytes * this.limits.ratio + this.limits.freeBytes);
    this.#bytes += bytes;
    if (this.#bytes > limit) throw new Refused({ kind: 'too-large', bytes: this.#bytes, limit });
    const data = floatsOf(dataset.value, size, type);
    if (data.length !== count)
      throw damaged(`“${path.slice(0, 100)}” has ${data.length} numbers, where its lengths say ${count}`);
    this.datasets.set(path, { shape: [...shape], data });
  }
}

/** `H5T_INTEGER` and `H5T_FLOAT` of the library. */
const [INTEGER, FLOAT] = [0, 1];

function floatsOf(value: unknown, size: number, type: number): Float32Array {
  if (typeof value === 'number' || typeof value === 'bigint') return Float32Array.of(Number(value));
  if (value instanceof BigInt64Array || value instanceof BigUint64Array)
    return Float32Array.from(value, Number);
  if (value instanceof Float32Array) return value;
  // Half numbers come as bytes where JavaScript has no array of them.
  if (value instanceof Uint8Array && type === FLOAT && size === 2) {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    return Float32Array.from({ length: value.length / 2 }, (_, index) =>
      halfOf(view.getUint16(index * 2, true)),
    );
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Float32Array.from(value as Float64Array);
  throw damaged('an array can’t be read');
}

function textOf(value: unknown, name: string): string | readonly string[] {
  const text = (each: unknown) => {
    if (typeof each === 'string') return each;
    if (each instanceof Uint8Array) return new TextDecoder().decode(each);
    throw damaged(`its “${name}” is no text`);
  };
  return Array.isArray(value) ? value.map(text) : text(value);
}
