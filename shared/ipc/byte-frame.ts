/** UTF-8 both ways. `decode` throws where the bytes are not UTF-8. (`shared` has neither Node nor a browser.) */
export interface TextCodec {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

/** What a message may hold; checked before anything is parsed or allocated. */
export interface FrameLimits {
  readonly bytes: number;
  /** Levels of nesting of the JSON. Drawings may have 64; a frame wraps them in a few of its own. */
  readonly depth: number;
  readonly binaries: number;
}

export const FRAME_LIMITS: FrameLimits = { bytes: 72 * 1024 * 1024, depth: 96, binaries: 64 };

/** Thrown by `decodeMessage` for bytes that no Hourglass wrote. */
export class GarbageError extends Error {
  override readonly name = 'GarbageError';
}

/** `HGF1`, then the number of binary arrays, the length of the JSON and of each array (uint32, little-endian). */
const MAGIC = [0x48, 0x47, 0x46, 0x31] as const;
const WORD = 4;

type Path = (string | number)[];

/**
 * One message as bytes: a header with every length, JSON, then the binary arrays one after another. In the JSON
 * there is null where an array was, and a list of the places beside it.
 */
export function encodeMessage(message: unknown, text: TextCodec): Uint8Array {
  const places: Path[] = [];
  const arrays: Uint8Array[] = [];
  const value = withoutBinaries(message, [], (path, array) => {
    places.push(path);
    arrays.push(array);
  });
  const json = text.encode(JSON.stringify([value, places]));
  const lengths = [arrays.length, json.length, ...arrays.map((array) => array.length)];
  const header = MAGIC.length + lengths.length * WORD;
  const total = arrays.reduce((sum, array) => sum + array.length, header + json.length);
  const bytes = new Uint8Array(total);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  lengths.forEach((length, index) => {
    view.setUint32(MAGIC.length + index * WORD, length, true);
  });
  let offset = header;
  for (const part of [json, ...arrays]) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * The message that these bytes stand for; its binary arrays are copies.
 * @throws GarbageError where a length, the nesting or a place is not what `encodeMessage` would have written
 */
export function decodeMessage(
  bytes: Uint8Array,
  text: TextCodec,
  limits: FrameLimits = FRAME_LIMITS,
): unknown {
  if (bytes.length > limits.bytes) throw new GarbageError(`${bytes.length} bytes`);
  const start = MAGIC.length + 2 * WORD;
  if (bytes.length < start || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new GarbageError('no frame begins like this');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(MAGIC.length, true);
  const jsonLength = view.getUint32(MAGIC.length + WORD, true);
  if (count > limits.binaries) throw new GarbageError(`${count} binary arrays`);
  const header = start + count * WORD;
  if (bytes.length < header) throw new GarbageError('the header is cut off');
  const lengths = Array.from({ length: count }, (_, index) => view.getUint32(start + index * WORD, true));
  const total = lengths.reduce((sum, length) => sum + length, header + jsonLength);
  if (total !== bytes.length) throw new GarbageError(`${total} bytes declared, ${bytes.length} came`);
  const [value, places] = parseBody(bytes.subarray(header, header + jsonLength), text, limits.depth);
  if (places.length !== count) throw new GarbageError('places and binary arrays do not match');
  let offset = header + jsonLength;
  const holder = { value };
  places.forEach((path, index) => {
    const length = lengths[index] ?? 0;
    put(holder, ['value', ...path], bytes.slice(offset, offset + length));
    offset += length;
  });
  return holder.value;
}

function withoutBinaries(
  value: unknown,
  path: Path,
  found: (path: Path, array: Uint8Array) => void,
): unknown {
  if (value instanceof Uint8Array) {
    found(path, value);
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) => withoutBinaries(entry, [...path, index], found));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]: [string, unknown]) => [
      key,
      withoutBinaries(entry, [...path, key], found),
    ]),
  );
}

function parseBody(bytes: Uint8Array, text: TextCodec, depth: number): [unknown, Path[]] {
  let body: unknown;
  try {
    const json = text.decode(bytes);
    if (isDeeper(json, depth)) throw new GarbageError(`more than ${depth} levels`);
    body = JSON.parse(json);
  } catch (error) {
    throw error instanceof GarbageError ? error : new GarbageError('no JSON in UTF-8');
  }
  if (!Array.isArray(body) || body.length !== 2) throw new GarbageError('no message and places');
  const [value, places]: unknown[] = body;
  if (!Array.isArray(places) || !places.every(isPath)) throw new GarbageError('no list of places');
  return [value, places];
}

function isPath(value: unknown): value is Path {
  return (
    Array.isArray(value) && value.every((step) => typeof step === 'string' || Number.isSafeInteger(step))
  );
}

/** Whether JSON is nested deeper than this, found before it is parsed and without recursion. */
function isDeeper(json: string, limit: number): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inText) {
      if (character === '\\') index += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return false;
}

/** Puts an array where null is, at a place that the JSON has of its own. */
function put(holder: object, path: Path, array: Uint8Array): void {
  let at: object = holder;
  for (const [index, step] of path.entries()) {
    const present = Object.getOwnPropertyDescriptor(at, step)?.value;
    if (index === path.length - 1) {
      if (present !== null) throw new GarbageError('a place that is taken or missing');
      Object.defineProperty(at, step, { value: array, enumerable: true, writable: true, configurable: true });
    } else {
      if (typeof present !== 'object' || present === null)
        throw new GarbageError('a place that is not there');
      at = present;
    }
  }
}
