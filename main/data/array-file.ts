import type { ReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { LoadControl } from './dataset';
import { fileProblem } from './file-problem';
import { readingProblem, refuseDense } from './gzip-problem';
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
  const reading = await ArrayReading.begin(path, form, {});
  reading.close();
  return reading.header;
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
  const reading = await ArrayReading.begin(path, form, control);
  const { header } = reading;
  try {
    const { bodyBytes, residentBytes = 0 } = header;
    const { bytes: limit } = limitsOf(control);
    const needed = Math.max(bodyBytes, residentBytes);
    if (needed > limit) {
      const values = { file: path, needed: formatBytes(needed), limit: formatBytes(limit) };
      throw new ProblemError(problem('DATA_TOO_LARGE', values));
    }
    reading.refuseDense();
    // Where the file is too short for the array, what comes is counted, not kept.
    const body = reading.canBeWhole ? new Uint8Array(bodyBytes) : null;
    let at = 0;
    for await (const chunk of reading.body()) {
      body?.set(chunk, at);
      at += chunk.length;
    }
    return { header, body: body ?? new Uint8Array(0) };
  } finally {
    reading.close();
  }
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

/**
 * One pass over one file, gzipped or not (told by its content), in chunks: nothing but the header is kept. Whoever begins
 * one closes it.
 */
export class ArrayReading<H extends ArrayHeader> {
  /** Unpacked bytes seen so far, those of the header among them. */
  private seen = 0;

  private constructor(
    private readonly path: string,
    private readonly form: ArrayForm<H>,
    private readonly control: LoadControl,
    private readonly source: ReadStream,
    private readonly fileBytes: number,
    private readonly gunzip: Gunzip | null,
    private readonly chunks: AsyncIterator<Uint8Array>,
    readonly header: H,
    /** What came behind the header in the chunks that it was read from. */
    private readonly begun: Uint8Array,
  ) {
    this.seen = header.headerBytes;
  }

  /** Opens the file and reads its header. @throws ProblemError @throws Cancelled */
  static async begin<H extends ArrayHeader>(
    path: string,
    form: ArrayForm<H>,
    control: LoadControl,
  ): Promise<ArrayReading<H>> {
    throwIfCancelled(control);
    const gzipped = isGzip(await readStart(path, 2));
    const { source, fileBytes } = await openSource(path);
    const gunzip = gzipped ? createGunzip({ chunkSize: CHUNK_BYTES }) : null;
    const chunks = joined(source, gunzip)[Symbol.asyncIterator]();
    let start: Uint8Array = new Uint8Array(0);
    try {
      for (;;) {
        const { value: chunk, done } = await chunks.next();
        throwIfCancelled(control);
        if (done) {
          // A parser that waits for more can still tell a foreign file by its first bytes; an empty one it can't.
          const values = { file: path, form: form.name, present: start.length };
          throw new ProblemError(problem('FILE_TRUNCATED_HEADER', values));
        }
        start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
        const header = form.parseHeader(start, path);
        if (!header) continue;
        const begun = start.subarray(header.headerBytes);
        return new ArrayReading(path, form, control, source, fileBytes, gunzip, chunks, header, begun);
      }
    } catch (error) {
      source.destroy();
      gunzip?.destroy();
      throw readingProblem(error, path, { offset: source.bytesRead, unpacked: start.length });
    }
  }

  /** Whether a file of its size can hold the array that its header declares. */
  get canBeWhole(): boolean {
    const { headerBytes, bodyBytes } = this.header;
    const possible = this.gunzip ? this.fileBytes * MAXIMUM_DEFLATE_RATIO : this.fileBytes;
    return headerBytes + bodyBytes <= possible;
  }

  /** For whoever keeps all of it. @throws ProblemError where it declares far more than such a file holds */
  refuseDense(): void {
    // What declares more than it can hold is read to its end, and found too short.
    if (this.gunzip && this.canBeWhole) refuseDense(this.path, this.fileBytes, this.header.bodyBytes);
  }

  /**
   * The array's bytes, each once, in chunks of about a mebibyte.
   *
   * @throws ProblemError as soon as more comes than is declared; at the end where less came, or the file is damaged
   * @throws Cancelled
   */
  async *body(): AsyncIterable<Uint8Array> {
    const { headerBytes, bodyBytes } = this.header;
    const expected = headerBytes + bodyBytes;
    const [file, form] = [this.path, this.form.name];
    try {
      for (let chunk: Uint8Array | null = this.begun; chunk; chunk = await this.#next()) {
        throwIfCancelled(this.control);
        this.seen += chunk.length;
        if (this.seen > expected) throw new ProblemError(problem('FILE_SURPLUS', { file, form, expected }));
        const done = this.seen - headerBytes;
        this.control.onProgress?.({ stage: 'Reading', done, total: bodyBytes, unit: 'bytes' });
        if (chunk.length > 0) yield chunk;
      }
      if (this.gunzip) this.#checkEnd(this.gunzip.bytesWritten);
    } catch (error) {
      throw readingProblem(error, file, { offset: this.source.bytesRead, unpacked: this.seen });
    }
    if (this.seen < expected) {
      throw new ProblemError(problem('FILE_TRUNCATED', { file, form, expected, present: this.seen }));
    }
  }

  close(): void {
    this.source.destroy();
    this.gunzip?.destroy();
  }

  async #next(): Promise<Uint8Array | null> {
    const { value, done } = await this.chunks.next();
    return done ? null : value;
  }

  /** Node stops without a word at zeros behind the end of gzip data. */
  #checkEnd(consumed: number): void {
    const surplus = this.fileBytes - consumed;
    if (surplus <= 0) return;
    const reason = `${surplus} bytes follow its end`;
    throw new ProblemError(problem('GZIP_DAMAGED', { file: this.path, reason, unpacked: this.seen }));
  }
}

async function openSource(path: string): Promise<{ source: ReadStream; fileBytes: number }> {
  try {
    const file = await open(path);
    const fileBytes = (await file.stat()).size;
    return { source: file.createReadStream({ highWaterMark: CHUNK_BYTES }), fileBytes };
  } catch (error) {
    throw fileProblem(error, path);
  }
}

/** The chunks of the file, unpacked where `gunzip` is given; an error of either ends the loop. */
function joined(source: ReadStream, gunzip: Gunzip | null): AsyncIterable<Uint8Array> {
  if (gunzip === null) return source;
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}
