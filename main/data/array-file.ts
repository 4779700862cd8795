import type { ReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { LoadControl } from './dataset';
import { fileProblem } from './file-problem';
import { readingProblem } from './gzip-problem';
import { formatBytes, limitsOf, throwIfCancelled } from './load-limits';

/** What the header of a file with one array says. */
export interface ArrayHeader {
  readonly headerBytes: number;
  readonly bodyBytes: number;
  /** Bytes that the samples take once read, where that is more than in the file. */
  readonly residentBytes?: number;
}

/** A form of file that is a header and then the bytes of one array, such as IDX and NPY. */
export interface ArrayForm<H extends ArrayHeader> {
  /** As Problems name it: `IDX`. */
  readonly name: string;
  /**
   * Reads the header from the file's first bytes.
   * @returns null where the header goes on behind them.
   * @throws ProblemError where it is no header of this form.
   */
  parseHeader(start: Uint8Array, file: string): H | null;
}

const CHUNK_BYTES = 2 ** 20;
/** No deflate stream unpacks to more than this many times its size (zlib's own technical note). */
const MAXIMUM_DEFLATE_RATIO = 1032;

/** Reads only the header of the file at `path`. @throws ProblemError */
export async function readArrayHeader<H extends ArrayHeader>(path: string, form: ArrayForm<H>): Promise<H> {
  const reading = new ArrayReading(path, form, {});
  return (await reading.run('header')).header;
}

/**
 * Reads the file at `path`, gzipped or not (told by its content): its header and the array's bytes, in a buffer of
 * their own. The size that the header declares is checked against the limit, and against what the file can hold,
 * before memory is taken; unpacking stops as soon as more comes out than is declared.
 *
 * @throws ProblemError where the file is missing, cut off, damaged, too large or longer than it declares
 * @throws Cancelled
 */
export async function readArrayFile<H extends ArrayHeader>(
  path: string,
  form: ArrayForm<H>,
  control: LoadControl,
): Promise<{ header: H; body: Uint8Array }> {
  const reading = new ArrayReading(path, form, control);
  return reading.run('all');
}

/** The first `count` bytes of the file as they lie on the disk. @throws ProblemError */
export async function readStart(path: string, count: number): Promise<Uint8Array> {
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw fileProblem(error, path);
  } finally {
    await file?.close();
  }
}

export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** `1f 8b 08 00`, or `nothing`: bytes as Problems write them. */
export function formatBytesOfStart(start: Uint8Array, count: number): string {
  const bytes = [...start.subarray(0, count)].map((byte) => byte.toString(16).padStart(2, '0'));
  return bytes.length > 0 ? bytes.join(' ') : 'with nothing: it is empty';
}

/** One pass over one file. */
class ArrayReading<H extends ArrayHeader> {
  private gzipped = false;
  private fileBytes = 0;
  private start: Uint8Array = new Uint8Array(0);
  private header: H | null = null;
  /** Null where the file is too short for the array: what comes is then counted, not kept. */
  private body: Uint8Array | null = null;
  /** Unpacked bytes seen so far, those of the header among them. */
  private seen = 0;

  constructor(
    private readonly path: string,
    private readonly form: ArrayForm<H>,
    private readonly control: LoadControl,
  ) {}

  async run(part: 'header' | 'all'): Promise<{ header: H; body: Uint8Array }> {
    throwIfCancelled(this.control);
    this.gzipped = isGzip(await readStart(this.path, 2));
    const source = await this.openSource();
    const gunzip = this.gzipped ? createGunzip({ chunkSize: CHUNK_BYTES }) : null;
    try {
      for await (const chunk of joined(source, gunzip)) {
        throwIfCancelled(this.control);
        this.take(chunk);
        if (part === 'header' && this.header) return { header: this.header, body: new Uint8Array(0) };
      }
      if (gunzip) this.checkEnd(gunzip.bytesWritten);
    } catch (error) {
      throw readingProblem(error, this.path, { offset: source.bytesRead, unpacked: this.seen });
    } finally {
      source.destroy();
      gunzip?.destroy();
    }
    return this.finish();
  }

  private async openSource(): Promise<ReadStream> {
    try {
      const file = await open(this.path);
      this.fileBytes = (await file.stat()).size;
      return file.createReadStream({ highWaterMark: CHUNK_BYTES });
    } catch (error) {
      throw fileProblem(error, this.path);
    }
  }

  private take(chunk: Uint8Array): void {
    if (this.header === null) {
      this.start = this.start.length === 0 ? chunk : Buffer.concat([this.start, chunk]);
      this.header = this.form.parseHeader(this.start, this.path);
      if (this.header === null) {
        this.seen = this.start.length;
        return;
      }
      this.seen = this.header.headerBytes;
      this.makeRoom(this.header);
      this.keep(this.header, this.start.subarray(this.header.headerBytes));
    } else {
      this.keep(this.header, chunk);
    }
  }

  private makeRoom({ headerBytes, bodyBytes, residentBytes = 0 }: H): void {
    const { bytes: limit } = limitsOf(this.control);
    const needed = Math.max(bodyBytes, residentBytes);
    if (needed > limit) {
      throw new ProblemError(
        problem('DATA_TOO_LARGE', {
          file: this.path,
          needed: formatBytes(needed),
          limit: formatBytes(limit),
        }),
      );
    }
    const possible = this.gzipped ? this.fileBytes * MAXIMUM_DEFLATE_RATIO : this.fileBytes;
    if (headerBytes + bodyBytes <= possible) this.body = new Uint8Array(bodyBytes);
  }

  private keep({ headerBytes, bodyBytes }: H, bytes: Uint8Array): void {
    const at = this.seen - headerBytes;
    this.seen += bytes.length;
    if (at + bytes.length > bodyBytes) {
      throw new ProblemError(
        problem('FILE_SURPLUS', {
          file: this.path,
          form: this.form.name,
          expected: headerBytes + bodyBytes,
        }),
      );
    }
    this.body?.set(bytes, at);
    this.control.onProgress?.({
      stage: 'Reading',
      done: at + bytes.length,
      total: bodyBytes,
      unit: 'bytes',
    });
  }

  /** Node stops without a word at zeros behind the end of gzip data. */
  private checkEnd(consumed: number): void {
    const surplus = this.fileBytes - consumed;
    if (surplus <= 0) return;
    const reason = `${surplus} bytes follow its end`;
    throw new ProblemError(problem('GZIP_DAMAGED', { file: this.path, reason, unpacked: this.seen }));
  }

  private finish(): { header: H; body: Uint8Array } {
    const file = this.path;
    const form = this.form.name;
    if (this.header === null) {
      // A parser that waits for more can still tell a foreign file by its first bytes; an empty one it can't.
      throw new ProblemError(problem('FILE_TRUNCATED_HEADER', { file, form, present: this.seen }));
    }
    const expected = this.header.headerBytes + this.header.bodyBytes;
    if (this.body === null || this.seen < expected) {
      throw new ProblemError(problem('FILE_TRUNCATED', { file, form, expected, present: this.seen }));
    }
    return { header: this.header, body: this.body };
  }
}

/** The chunks of the file, unpacked where `gunzip` is given; an error of either ends the loop. */
function joined(source: ReadStream, gunzip: Gunzip | null): AsyncIterable<Uint8Array> {
  if (gunzip === null) return source;
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}
