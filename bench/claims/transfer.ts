import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Claim, known, mean } from './claim';

const SEEDS = [1, 2, 3];
/** Of the model that is trained on digits 0 to 4, and from scratch on the few pictures of the others. */
const [FIRST, SCRATCH] = [5, 60];
const PICTURES = 500;
const PIXELS = 28 * 28;

export const transfer: Claim = {
  name: 'transfer',
  bar: `MNIST: the encoder trained on digits 0–4 (${FIRST} epochs), reused for ${PICTURES} pictures of 5–9, three seeds: after ${SCRATCH / 2} epochs at most the test error that training from scratch has after ${SCRATCH}`,
  data: 'mnist',
  async check({ train, dataFolder, root, say }) {
    const mnist = join(dataFolder, 'mnist');
    const few = join(root, 'dist', 'claims', 'mnist-5-to-9');
    await writeFew(mnist, few);
    const shares: number[] = [];
    for (const seed of SEEDS) {
      const of = (data: string, epochs: number) => [
        '--data',
        data,
        '--epochs',
        `${epochs}`,
        '--seed',
        `${seed}`,
      ];
      const first = await train('mnist-dense', [...of(mnist, FIRST), '--include', '0,1,2,3,4']);
      const reused = ['--weights', first.out, '--part', 'encoder'];
      const transferred = await train('mnist-dense', [...of(few, SCRATCH / 2), ...reused]);
      const scratch = await train('mnist-dense', of(few, SCRATCH));
      const [mine, theirs] = [transferred, scratch].map((run) => known(run.test, 'test error').mse);
      say(`seed ${seed}: reused ${mine}, from scratch ${theirs}`);
      shares.push(known(mine, 'error') / known(theirs, 'error'));
    }
    return {
      figure: `test error ${shares.map((share) => share.toFixed(3)).join(', ')} × that of scratch, mean ${mean(shares).toFixed(3)}`,
      holds: shares.every((share) => share <= 1),
    };
  },
};

/** Writes the first 500 training pictures of the digits 5 to 9, and all test pictures of these, as IDX files. */
async function writeFew(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const [set, most] of [
    ['train', PICTURES],
    ['t10k', Number.POSITIVE_INFINITY],
  ] as const) {
    const read = async (name: string) => gunzipSync(await readFile(join(from, `${set}-${name}.gz`)));
    const [pictures, labels] = [await read('images-idx3-ubyte'), await read('labels-idx1-ubyte')];
    const digits = labels.subarray(8);
    const chosen = [...digits.keys()].filter((row) => (digits[row] ?? 0) >= 5).slice(0, most);
    const of = (row: number) => pictures.subarray(16 + row * PIXELS, 16 + (row + 1) * PIXELS);
    await writeFile(
      join(to, `${set}-images-idx3-ubyte`),
      Buffer.concat([header(pictures, 16, chosen.length), ...chosen.map(of)]),
    );
    const kept = Uint8Array.from(chosen, (row) => digits[row] ?? 0);
    await writeFile(
      join(to, `${set}-labels-idx1-ubyte`),
      Buffer.concat([header(labels, 8, chosen.length), kept]),
    );
  }
}

/** The head of an IDX file, of another number of samples. */
function header(file: Buffer, bytes: number, count: number): Buffer {
  const head = Buffer.from(file.subarray(0, bytes));
  head.writeUInt32BE(count, 4);
  return head;
}
