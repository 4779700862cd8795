import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, createGzip } from 'node:zlib';

/** A small file that would become a giant one, and what has to be said of it. */
export interface Bomb {
  readonly name: string;
  readonly path: string;
  /** The Problem it is refused with. */
  readonly code: string;
}

const GIB = 1024 ** 3;
const ENTRIES = 1_000_000;

/** Writes every bomb into a folder: gzip at 1,029 to 1, zips whose entries are, and zips of a million entries. */
export async function writeBombs(folder: string): Promise<readonly Bomb[]> {
  const at = (name: string) => join(folder, name);
  const zeros = at('zeros.deflate');
  await pipeline(Readable.from(zeroes(GIB)), createDeflateRaw({ level: 9 }), createWriteStream(zeros));
  const packed = await readFile(zeros);
  await rm(zeros);
  await gzipped(at('samples-idx3-ubyte.gz'), idxHead([4, 28, 28]), GIB);
  await gzipped(at('honest-idx3-ubyte.gz'), idxHead([1_200_000, 28, 28]), 1_200_000 * 784);
  await writeFile(at('honest.hourglass'), zipOf(packed, GIB));
  await writeFile(at('lying.hourglass'), zipOf(packed, 1_000, 'manifest.json'));
  await writeFile(at('honest.keras'), zipOf(packed, GIB));
  await writeMany(at('many.hourglass'), ENTRIES);
  await writeMany(at('many-hidden.hourglass'), 1);
  return [
    { name: 'gzip with more than it declares', path: at('samples-idx3-ubyte.gz'), code: 'FILE_SURPLUS' },
    { name: 'gzip that declares what it holds', path: at('honest-idx3-ubyte.gz'), code: 'GZIP_TOO_DENSE' },
    { name: 'zip that declares what it holds', path: at('honest.hourglass'), code: 'ARCHIVE_UNSAFE' },
    { name: 'zip that declares 1,000 bytes', path: at('lying.hourglass'), code: 'ARCHIVE_DAMAGED' },
    { name: 'Keras’ zip that declares what it holds', path: at('honest.keras'), code: 'ARCHIVE_UNSAFE' },
    { name: 'zip of a million entries', path: at('many.hourglass'), code: 'ARCHIVE_TOO_LARGE' },
    {
      name: 'zip of a million entries that declares one',
      path: at('many-hidden.hourglass'),
      code: 'ARCHIVE_DAMAGED',
    },
  ];
}

/** @returns packed and unpacked bytes, for people */
export async function sizeOf({ path }: Bomb): Promise<number> {
  return (await stat(path)).size;
}

function* zeroes(bytes: number): Iterable<Uint8Array> {
  const chunk = new Uint8Array(1024 ** 2);
  for (let left = bytes; left > 0; left -= chunk.length)
    yield chunk.subarray(0, Math.min(left, chunk.length));
}

function idxHead(dimensions: readonly number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.set([0, 0, 8, dimensions.length]);
  for (const [axis, length] of dimensions.entries()) head.writeUInt32BE(length, 4 + 4 * axis);
  return head;
}

async function gzipped(path: string, head: Uint8Array, bytes: number): Promise<void> {
  const content = function* () {
    yield head;
    yield* zeroes(bytes);
  };
  await pipeline(Readable.from(content()), createGzip({ level: 9 }), createWriteStream(path));
}

/** An archive of one deflated entry that says it has `size` bytes. */
function zipOf(packed: Uint8Array, size: number, called = 'weights.safetensors'): Buffer {
  const name = Buffer.from(called);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  for (const [head, from] of [
    [local, 4],
    [central, 6],
  ] as const) {
    head.writeUInt16LE(20, from);
    head.writeUInt16LE(8, from + 4);
    head.writeUInt32LE(crc32(new Uint8Array(0)), from + 10);
    head.writeUInt32LE(packed.length, from + 14);
    head.writeUInt32LE(size, from + 18);
    head.writeUInt16LE(name.length, from + 22);
  }
  const directory = Buffer.concat([central, name]);
  const before = 30 + name.length + packed.length;
  return Buffer.concat([local, name, packed, directory, end(1, directory.length, before)]);
}

function end(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(Math.min(count, 0xffff), 8);
  record.writeUInt16LE(Math.min(count, 0xffff), 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

/** An archive of a million empty entries, whose end tells of `said` (in the form for large archives, where there are so many). */
async function writeMany(path: string, said: number): Promise<void> {
  const entry = (number: number) => {
    const name = Buffer.from(`e${number}`);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE(name.length, 28);
    return Buffer.concat([head, name]);
  };
  const content = function* () {
    let bytes = 0;
    for (let from = 0; from < ENTRIES; from += 1_000) {
      const part = Buffer.concat(Array.from({ length: 1_000 }, (_, at) => entry(from + at)));
      bytes += part.length;
      yield part;
    }
    if (said > 0xffff) {
      const large = Buffer.alloc(56 + 20);
      large.writeUInt32LE(0x06064b50, 0);
      large.writeBigUInt64LE(44n, 4);
      large.writeBigUInt64LE(BigInt(said), 24);
      large.writeBigUInt64LE(BigInt(said), 32);
      large.writeBigUInt64LE(BigInt(bytes), 40);
      large.writeUInt32LE(0x07064b50, 56);
      large.writeBigUInt64LE(BigInt(bytes), 64);
      large.writeUInt32LE(1, 72);
      yield large;
    }
    yield end(said, bytes, 0);
  };
  await pipeline(Readable.from(content()), createWriteStream(path));
}

/** Reads a file as the system keeps it at hand, so that what is measured afterwards is the reader's own work. */
export async function warmed(path: string): Promise<void> {
  for await (const _ of createReadStream(path));
}
