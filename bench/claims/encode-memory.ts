import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import type { Claim, ClaimContext } from './claim';
import { commandLine } from './command-line';

const BAR = 1.2;
const SIDE = 28;
const VALUES = SIDE * SIDE;
const ROWS_AT_ONCE = 1000;
/** Of Parquet, as many of its writers have it. */
const ROWS_IN_GROUP = 10_000;

/** A data set of this many rows, and how it is encoded. */
interface Encoding {
  /** `one-group`: Parquet all of whose rows are in one group; `pictures`: a folder of PNG files. */
  readonly data: 'npy' | 'csv' | 'parquet' | 'one-group' | 'pictures';
  readonly rows: number;
  readonly out: 'npy' | 'csv' | 'parquet';
  readonly command: 'encode' | 'reconstruct';
}

/** Pairs whose memory is compared: what is read slowly has five or ten times the rows, and not a hundred times. */
const PAIRS: readonly (readonly [few: Encoding, many: Encoding])[] = [
  [
    { command: 'encode', data: 'npy', rows: 10_000, out: 'npy' },
    { command: 'encode', data: 'npy', rows: 1_000_000, out: 'npy' },
  ],
  [
    { command: 'encode', data: 'csv', rows: 10_000, out: 'parquet' },
    { command: 'encode', data: 'csv', rows: 100_000, out: 'parquet' },
  ],
  [
    { command: 'encode', data: 'parquet', rows: 10_000, out: 'npy' },
    { command: 'encode', data: 'parquet', rows: 50_000, out: 'npy' },
  ],
  [
    { command: 'encode', data: 'one-group', rows: 10_000, out: 'npy' },
    { command: 'encode', data: 'one-group', rows: 50_000, out: 'npy' },
  ],
  [
    { command: 'encode', data: 'pictures', rows: 1_000, out: 'npy' },
    { command: 'encode', data: 'pictures', rows: 10_000, out: 'npy' },
  ],
  [
    { command: 'reconstruct', data: 'npy', rows: 10_000, out: 'npy' },
    { command: 'reconstruct', data: 'npy', rows: 100_000, out: 'npy' },
  ],
];

export const encodeMemory: Claim = {
  name: 'encode-memory',
  bar: `encoding 1,000,000 rows of ${VALUES} values takes at most ${BAR} × the memory of 10,000; so do ten times the rows of text and of a folder of pictures, five times those of Parquet (in one group of rows, too), and reconstructing ten times as many`,
  data: null,
  async check(context) {
    const { out: model } = await context.train('digits-and-shapes', ['--epochs', '1']);
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-encode-memory-'));
    try {
      const ratios: number[] = [];
      const told: string[] = [];
      for (const pair of PAIRS) {
        const found: Encoded[] = [];
        for (const encoding of pair) found.push(await encoded(context, model, folder, encoding));
        const [few, many] = found;
        if (!few || !many) throw new Error('Two are compared.');
        const ratio = many.peakBytes / few.peakBytes;
        ratios.push(ratio);
        const [first, second] = pair;
        told.push(
          `${first.command} ${first.data} → ${first.out}: ${inWords(few)} for ${said(first.rows)}, ${inWords(many)} for ${said(second.rows)}, × ${ratio.toFixed(2)}`,
        );
      }
      return { figure: told.join('; '), holds: ratios.every((ratio) => ratio <= BAR) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const said = (rows: number) => `${rows.toLocaleString('en')} rows`;
const inWords = ({ peakBytes, seconds }: Encoded) =>
  `${Math.round(peakBytes / 2 ** 20)} MiB (${seconds.toFixed(0)} s)`;

/** The last line of `encode … --json`. */
interface Encoded {
  readonly count: number;
  readonly peakBytes: number;
  readonly seconds: number;
}

/** Makes the data, runs the command in a process of its own, and takes away what it made. */
async function encoded(
  { root, say }: ClaimContext,
  model: string,
  folder: string,
  { command, data, rows, out }: Encoding,
): Promise<Encoded> {
  const ending = data === 'one-group' ? '.parquet' : data === 'pictures' ? '' : `.${data}`;
  const [file, made] = [join(folder, `rows${ending}`), join(folder, `made.${out}`)];
  await writeRows(file, data, rows);
  say(`npm start -- ${command} RUN rows${ending} --out made.${out} --json, of ${rows} rows`);
  const { text, errors } = await commandLine(root, [command, model, file, '--out', made, '--json']);
  const line = text.split('\n').find((each) => each.startsWith('{'));
  if (!line) throw new Error(`Nothing was encoded: ${errors}`);
  const told: Encoded = JSON.parse(line);
  if (told.count !== rows) throw new Error(`${told.count} of ${rows} rows were encoded: ${errors}`);
  say(line);
  await Promise.all([file, made].map((path) => rm(path, { recursive: true, force: true })));
  return told;
}

async function writeRows(path: string, data: Encoding['data'], rows: number): Promise<void> {
  switch (data) {
    case 'npy':
    case 'csv':
      return pipeline(Readable.from(data === 'npy' ? npy(rows) : csv(rows)), createWriteStream(path));
    case 'parquet':
    case 'one-group':
      return writeFile(path, Buffer.from(parquet(rows, data === 'parquet' ? ROWS_IN_GROUP : rows)));
    case 'pictures': {
      await mkdir(path);
      let picture = 0;
      for (const bytes of randomRows(rows)) {
        for (let at = 0; at < bytes.length; at += VALUES) {
          const raw = { width: SIDE, height: SIDE, channels: 1 } as const;
          const image = sharp(bytes.subarray(at, at + VALUES), { raw });
          await image.png().toFile(join(path, `${picture++}.png`));
        }
      }
    }
  }
}

/** The same in Apache Parquet, some rows in a group. */
function parquet(rows: number, rowGroupSize: number): ArrayBuffer {
  const columns = Array.from({ length: VALUES }, () => new Float32Array(rows));
  let row = 0;
  for (const bytes of randomRows(rows)) {
    for (let at = 0; at < bytes.length; at++)
      columns[at % VALUES]![row + Math.floor(at / VALUES)] = bytes[at]! / 255;
    row += bytes.length / VALUES;
  }
  const columnData = columns.map(
    (data, at) => ({ name: `u${at}`, data, type: 'FLOAT', encoding: 'PLAIN' }) as const,
  );
  return parquetWriteBuffer({ columnData, rowGroupSize });
}

/** Bytes in NumPy's form, [rows, 28, 28]. */
function* npy(rows: number): Iterable<Uint8Array> {
  const literal = `{'descr': '|u1', 'fortran_order': False, 'shape': (${rows}, ${SIDE}, ${SIDE}), }`;
  const head = Buffer.alloc(128, ' ');
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  head.write(literal, 10, 'latin1');
  head[127] = 0x0a;
  yield head;
  for (const bytes of randomRows(rows)) yield Uint8Array.from(bytes);
}

/** The same as text, from 0 to 1. */
function* csv(rows: number): Iterable<string> {
  for (const bytes of randomRows(rows)) {
    let text = '';
    for (let at = 0; at < bytes.length; at++) {
      text += (bytes[at]! / 255).toFixed(3) + ((at + 1) % VALUES === 0 ? '\n' : ',');
    }
    yield text;
  }
}

/** Rows of random bytes (xorshift; Marsaglia 2003), a thousand at a time. */
function* randomRows(rows: number): Iterable<Uint8Array> {
  let state = 2_463_534_242;
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const bytes = new Uint8Array(Math.min(ROWS_AT_ONCE, rows - from) * VALUES);
    for (let at = 0; at < bytes.length; at++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      bytes[at] = state;
    }
    yield bytes;
  }
}
