import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** An entry that is written piece by piece. */
export interface ArchiveEntry {
  readonly name: string;
  /** Bytes in all. */
  readonly length: number;
  pieces(): Iterable<Uint8Array>;
  /** Whether it is packed; numbers of a trained network hardly become fewer, and take their time. */
  readonly packed: boolean;
}

/** What was written of an entry: its size, and its SHA-256 in hexadecimal digits. */
export interface WrittenEntry {
  readonly bytes: number;
  readonly sha256: string;
}

const PIECE = 1024 * 1024;

export function entryOf(name: string, bytes: Uint8Array, packed: boolean): ArchiveEntry {
  return { name, length: bytes.length, pieces: () => [bytes], packed };
}

/**
 * Writes a zip archive to an open file, one entry after the other, none of them held as a whole.
 *
 * @param last makes the last entry from what was written of all others, by name
 */
export async function writeArchive(
  handle: FileHandle,
  entries: readonly ArchiveEntry[],
  last: (written: Readonly<Record<string, WrittenEntry>>) => ArchiveEntry,
): Promise<void> {
  const zip = new ZipFile();
  const written: Record<string, WrittenEntry> = {};
  const out = Readable.from(zip.outputStream as Readable, { objectMode: false });
  // What goes wrong in a source ends the reading of what comes out.
  zip.on('error', (error: Error) => out.destroy(error));
  const add = (entry: ArchiveEntry, done: () => void) => {
    const { name, packed, length } = entry;
    zip.addReadStreamLazy(name, { compress: packed, size: length }, (take) => {
      take(null, Readable.from(hashed(entry, written, done), { objectMode: false, highWaterMark: PIECE }));
    });
  };
  const addLast = () => {
    add(last(written), () => {});
    zip.end();
  };
  if (entries.length === 0) addLast();
  entries.forEach((entry, at) => {
    add(entry, at === entries.length - 1 ? addLast : () => {});
  });
  for await (const chunk of out) await writeFully(handle, chunk);
}

/** An entry's pieces, hashed on the way. */
function* hashed(
  { name, pieces }: ArchiveEntry,
  written: Record<string, WrittenEntry>,
  done: () => void,
): Generator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces()) {
    hash.update(piece);
    bytes += piece.length;
    yield piece;
  }
  written[name] = { bytes, sha256: hash.digest('hex') };
  done();
}

async function writeFully(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, at, chunk.length - at);
    at += bytesWritten;
  }
}
