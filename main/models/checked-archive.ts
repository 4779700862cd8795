import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { entryName } from './entry-name';

/** Bounds of an archive; tests take smaller ones. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Of all entries together, unpacked, in bytes. */
  readonly bytes: number;
  /** How many times its packed size an entry may have, beyond `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
}

const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 10_000,
  bytes: 64 * 1024 ** 3,
  ratio: 100,
  freeBytes: 64 * 1024 ** 2,
};

/** Read at a time. */
const CHUNK = 1024 * 1024;
/** Of a local header, without its name and extra field. */
const LOCAL_HEADER = 30;
const STORED = 0;
const DEFLATED = 8;
/** The type of a file in Unix's mode, and that of a link. */
const FILE_TYPE = 0o170000;
const LINK = 0o120000;

/**
 * A zip archive (APPNOTE 6.3) of which nothing is believed before it was checked: names that lead nowhere else and come once, no links,
 * nothing encrypted, sizes within bounds, and entries that lie behind each other, none within another (Fifield 2019).
 * Entries are read as streams and never by more than they declare.
 */
export class CheckedArchive {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, handle: FileHandle, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#handle = handle;
    this.#zip = zip;
    this.#entries = entries;
  }

  /**
   * Opens an archive and checks all that can be known without unpacking. `close` it afterwards.
   *
   * @throws ProblemError ARCHIVE_DAMAGED, ARCHIVE_UNSAFE, ARCHIVE_TOO_LARGE, and what the system refuses
   */
  static async open(path: string, limits: Partial<ArchiveLimits> = {}): Promise<CheckedArchive> {
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      throw fileProblem(error, path, 'read');
    }
    try {
      const zip = await fromFdPromise(handle.fd, { decodeStrings: false, autoClose: false });
      const entries = await checkedEntries(zip, path, { ...ARCHIVE_LIMITS, ...limits });
      return new CheckedArchive(path, handle, zip, entries);
    } catch (error) {
      await handle.close();
      throw archiveProblem(error, path);
    }
  }

  /** What the names of all entries are. */
  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** How many bytes an entry has, unpacked; its stream ends with a Problem where it has others. */
  sizeOf(name: string): number {
    return this.#find(name).uncompressedSize;
  }

  /** An entry's bytes, unpacked, in pieces. @throws ProblemError where it can't be unpacked, or has other bytes than it declares */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#find(name);
    try {
      yield* entry.compressionMethod === STORED ? this.#stored(entry) : this.#unpacked(entry);
    } catch (error) {
      throw archiveProblem(error, this.#path);
    }
  }

  /** The same at once, for what is small. @throws ProblemError ARCHIVE_TOO_LARGE where it has more than so many bytes */
  async readWhole(name: string, most: number): Promise<Uint8Array> {
    const size = this.sizeOf(name);
    if (size > most) throw tooLarge(this.#path, `bytes in “${name}”`, size, most);
    const whole = new Uint8Array(size);
    let at = 0;
    for await (const chunk of this.read(name)) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  async close(): Promise<void> {
    // The library would close the same file once more.
    await this.#handle.close();
  }

  #find(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) throw damaged(this.#path, `it holds no “${name}”`);
    return entry;
  }

  async *#stored(entry: Entry): AsyncGenerator<Uint8Array> {
    const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, entry.compressedSize));
    for (let at = 0; at < entry.compressedSize; ) {
      const wanted = Math.min(buffer.length, entry.compressedSize - at);
      const { bytesRead } = await this.#handle.read(buffer, 0, wanted, fileDataStart + at);
      if (bytesRead === 0) throw damaged(this.#path, 'it is cut off');
      at += bytesRead;
      // The piece is used before the next is read: whoever keeps it copies it.
      yield buffer.subarray(0, bytesRead);
    }
  }

  async *#unpacked(entry: Entry): AsyncGenerator<Uint8Array> {
    const stream = await this.#zip.openReadStreamPromise(entry);
    let length = 0;
    try {
      for await (const chunk of stream) {
        length += chunk.length;
        if (length > entry.uncompressedSize) throw damaged(this.#path, 'an entry is longer than it declares');
        yield chunk;
      }
    } finally {
      stream.destroy();
    }
    if (length !== entry.uncompressedSize) throw damaged(this.#path, 'an entry is shorter than it declares');
  }
}

async function checkedEntries(
  zip: ZipFile,
  path: string,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.entries) throw tooLarge(path, 'entries', zip.entryCount, limits.entries);
  const entries = new Map<string, Entry>();
  const places: { start: number; end: number; name: string }[] = [];
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    const { name, fault } = entryName(entry.fileNameRaw);
    const wrong = fault ?? faultOf(entry, limits) ?? (entries.has(name) ? 'is there twice' : null);
    if (wrong) throw unsafe(path, name, wrong);
    entries.set(name, entry);
    bytes += entry.uncompressedSize;
    if (bytes > limits.bytes) throw tooLarge(path, 'bytes when unpacked', bytes, limits.bytes);
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const start = entry.relativeOffsetOfLocalHeader;
    places.push({ start, end: fileDataStart + entry.compressedSize, name });
  }
  places.sort((a, b) => a.start - b.start);
  for (let at = 1; at < places.length; at++) {
    const [before, place] = [places[at - 1]!, places[at]!];
    if (place.start < Math.max(before.end, before.start + LOCAL_HEADER)) {
      throw unsafe(path, place.name, `lies within “${before.name}”`);
    }
  }
  return entries;
}

function faultOf(entry: Entry, { ratio, freeBytes }: ArchiveLimits): string | null {
  const { compressionMethod, compressedSize, uncompressedSize, externalFileAttributes } = entry;
  // The upper half is Unix's mode, whatever system the archive says it comes from.
  if (((externalFileAttributes >>> 16) & FILE_TYPE) === LINK) return 'is a link';
  if (entry.isEncrypted()) return 'is encrypted';
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) return 'is packed in an unknown way';
  if (uncompressedSize > freeBytes && uncompressedSize > ratio * compressedSize) {
    return `would be more than ${ratio} times as large when unpacked`;
  }
  return null;
}

function archiveProblem(error: unknown, path: string): unknown {
  if (error instanceof ProblemError) return error;
  if (error instanceof Error && 'syscall' in error) return fileProblem(error, path, 'read');
  return damaged(path, error instanceof Error ? error.message : String(error));
}

function damaged(path: string, why: string): ProblemError {
  return new ProblemError(problem('ARCHIVE_DAMAGED', { path, why: why.replace(/\.$/, '') }));
}

function unsafe(path: string, entry: string, why: string): ProblemError {
  // A name may hold what a terminal obeys.
  const said = [...entry].map((c) => (c < ' ' || c === '\x7f' ? '�' : c)).join('');
  return new ProblemError(problem('ARCHIVE_UNSAFE', { path, entry: said.slice(0, 120), why }));
}

function tooLarge(path: string, what: string, got: number, limit: number): ProblemError {
  return new ProblemError(problem('ARCHIVE_TOO_LARGE', { path, what, got, limit }));
}
