import type { Tensor } from '../execute/executor';
import { isLittleEndian } from './safetensors';
import { headerLength, safetensorsHeader, type TensorPlace } from './safetensors-header';

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
  const start = 8 + headerLength(bytes, bytes.length);
  const data = bytes.subarray(start);
  const { metadata, places } = safetensorsHeader(bytes.subarray(8, start), data.length);
  const tensors = new Map<string, Tensor>();
  for (const place of places) {
    // A Buffer’s own slice would not be a copy.
    tensors.set(place.name, tensorOf(place, new Uint8Array(data.subarray(place.begin, place.end))));
  }
  return { metadata, tensors };
}

/**
 * The same from a stream: each tensor is filled as its bytes come, so that the file is never held beside its tensors.
 *
 * @param size of the whole, in bytes
 * @param expected asked with every tensor's name and shape before memory is taken for it; throws to refuse
 * @throws Error likewise, and where there are fewer or more bytes
 */
export async function readSafetensorsStream(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  expected: (places: readonly TensorPlace[]) => void = () => {},
): Promise<SafetensorsContent> {
  const reading = new Reading(size, expected);
  for await (const piece of pieces) reading.take(piece);
  return reading.end();
}

/** What was read so far of a stream: the length of the header, the header, and one tensor after the other. */
class Reading {
  readonly #tensors = new Map<string, Tensor>();
  #metadata: SafetensorsContent['metadata'] | null = null;
  #places: readonly TensorPlace[] = [];
  #current = 0;
  #filling = new Uint8Array(8);
  #filled = 0;
  #part: 'length' | 'header' | 'tensors' = 'length';

  constructor(
    private readonly size: number,
    private readonly expected: (places: readonly TensorPlace[]) => void,
  ) {}

  take(piece: Uint8Array): void {
    for (let rest = piece; rest.length > 0; ) {
      if (this.#part === 'tensors' && !this.#places[this.#current]) {
        throw new Error('it is longer than it declares');
      }
      const part = rest.subarray(0, this.#filling.length - this.#filled);
      this.#filling.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
      if (this.#filled === this.#filling.length) this.#next();
    }
  }

  end(): SafetensorsContent {
    if (this.#metadata === null) throw new Error('it is too short');
    if (this.#current < this.#places.length) throw new Error('it is cut off');
    return { metadata: this.#metadata, tensors: this.#tensors };
  }

  /** What was being filled is full. */
  #next(): void {
    if (this.#part === 'length') {
      const length = headerLength(this.#filling, this.size);
      if (length === 0) throw new Error('its header is no JSON');
      this.#fill(length);
      this.#part = 'header';
    } else if (this.#part === 'header') {
      const header = safetensorsHeader(this.#filling, this.size - 8 - this.#filling.length);
      this.expected(header.places);
      this.#metadata = header.metadata;
      this.#places = header.places;
      this.#part = 'tensors';
      this.#begin();
    } else {
      this.#put(this.#places[this.#current]!);
      this.#current += 1;
      this.#begin();
    }
  }

  /** Takes memory for the next tensor; those without a value are done at once. */
  #begin(): void {
    for (; this.#current < this.#places.length; this.#current += 1) {
      const place = this.#places[this.#current]!;
      this.#fill(place.end - place.begin);
      if (this.#filling.length > 0) return;
      this.#put(place);
    }
  }

  #put(place: TensorPlace): void {
    this.#tensors.set(place.name, tensorOf(place, this.#filling));
  }

  #fill(length: number): void {
    this.#filling = new Uint8Array(length);
    this.#filled = 0;
  }
}

function tensorOf({ dtype, shape }: TensorPlace, bytes: Uint8Array<ArrayBuffer>): Tensor {
  if (dtype === 'uint8') return { dtype, shape, data: bytes };
  const { buffer } = isLittleEndian ? bytes : Buffer.from(bytes).swap32();
  if (!(buffer instanceof ArrayBuffer)) throw new Error('A copy has memory of its own.');
  return dtype === 'float32'
    ? { dtype, shape, data: new Float32Array(buffer, 0, bytes.length / 4) }
    : { dtype, shape, data: new Int32Array(buffer, 0, bytes.length / 4) };
}
