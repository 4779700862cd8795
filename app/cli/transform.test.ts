import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNpy } from '../../main/data/npy/open-npy';
import { idxBytes } from '../../main/data/test-files';
import { documentText } from '../../shared/document/document-text';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { chained } from '../../shared/plan/random-stacks';
import { commandLine } from './fixtures/command-line';

let folder: string;

/** Runs a command line; with `interrupt`, Ctrl+C is pressed as soon as the command listens for it. */
function hourglass(argv: readonly string[], { interrupt = false } = {}) {
  const onListen = (press: () => void) => {
    if (interrupt) setTimeout(press, 60);
  };
  return commandLine(folder, [...argv, '--engine', 'onnx'], { onListen });
}

const empty = emptyDocument();
const training = { ...empty.training, batchSize: 16, epochs: 2, learningRate: 0.01, validationShare: 0.2 };

/** A model of grey pictures, 5×4, from IDX files, and one of a table with three columns, two of them used. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-transform-'));
  const at = (name: string) => join(folder, name);
  await mkdir(at('idx'));
  await writeFile(at('idx/train-images-idx3-ubyte'), idxBytes([50, 5, 4]));
  await writeFile(at('idx/train-labels-idx1-ubyte'), idxBytes([50]));
  await writeFile(at('idx/t10k-images-idx3-ubyte'), idxBytes([7, 5, 4]));
  await writeFile(at('idx/t10k-labels-idx1-ubyte'), idxBytes([7]));
  const pictures = {
    ...empty,
    ...chained([
      newBlock('input', 'input'),
      newBlock('conv', 'conv-1', { filters: 4, stride: 2 }),
      newBlock('code', 'code', { size: 3 }),
    ]),
    data: { kind: 'idx', path: 'idx', shape: [5, 4, 1] } as const,
    training,
  };
  await writeFile(at('pictures.hourglass'), documentText(pictures));
  const rows = Array.from({ length: 40 }, (_, row) => `=r${row % 2},${row * 100},${(row % 7) / 10 - 3}`);
  await writeFile(at('table.csv'), ['kind,weight,height', ...rows, ''].join('\n'));
  const table = {
    ...empty,
    ...chained([newBlock('input', 'input'), newBlock('code', 'code', { size: 1 })]),
    data: {
      kind: 'table',
      path: 'table.csv',
      label: 'first',
      series: false,
      scaling: 'standardise',
      shape: [2],
    } as const,
    output: { activation: 'linear', loss: 'mse' } as const,
    training,
  };
  await writeFile(at('table.hourglass'), documentText(table));
  for (const name of ['pictures', 'table']) {
    const { code } = await hourglass(['train', `${name}.hourglass`, '--out', `${name}-run`]);
    expect(code).toBe(0);
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const npy = async (name: string) => (await openNpy(join(folder, name), false, {})).train;

function expectClose(made: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
  expect(made.length).toBe(expected.length);
  for (let at = 0; at < made.length; at++)
    expect(Math.abs(made[at]! - expected[at]!)).toBeLessThan(tolerance);
}

describe('hourglass encode', () => {
  it('writes the codes of the model’s own data, in blocks of any size, as NPY, CSV and Parquet', async () => {
    const encode = ['encode', 'pictures-run', '--json', '--out'];
    const { code, events } = await hourglass([...encode, 'codes.npy']);
    expect(code).toBe(0);
    expect(events).toEqual([
      expect.objectContaining({ event: 'encoded', count: 57, shape: [3], engine: 'onnx' }),
    ]);
    const codes = await npy('codes.npy');
    expect([codes.count, codes.shape]).toEqual([57, [3]]);
    expect((await hourglass([...encode, 'small.npy', '--batch', '4'])).code).toBe(0);
    expectClose((await npy('small.npy')).values, codes.values);

    expect((await hourglass([...encode, 'codes.csv', '--batch', '8'])).code).toBe(0);
    const [head, ...lines] = (await readFile(join(folder, 'codes.csv'), 'utf8')).trimEnd().split('\n');
    expect(head).toBe('sample,split,label,u0,u1,u2');
    const cells = lines.map((line) => line.split(','));
    expect(cells[3]?.slice(0, 3)).toEqual(['3', 'train', '3']);
    expect(cells[52]?.slice(0, 3)).toEqual(['2', 'test', '2']);
    expectClose(
      cells.flatMap((row) => row.slice(3).map(Number)),
      codes.values,
    );

    expect((await hourglass([...encode, 'codes.parquet', '--batch', '8'])).code).toBe(0);
    const file = await asyncBufferFromFile(join(folder, 'codes.parquet'));
    const read = await parquetReadObjects({ file });
    expect(read[52]).toMatchObject({ sample: 2n, split: 'test', label: 2n });
    expectClose(
      read.flatMap(({ u0, u1, u2 }) => [u0, u1, u2]),
      codes.values,
    );
  });

  it('takes other data as the model’s own were read: columns by name, scaled alike', async () => {
    const encode = ['encode', 'table-run', '--out'];
    expect((await hourglass([...encode, 'own.csv'])).code).toBe(0);
    const own = (await readFile(join(folder, 'own.csv'), 'utf8')).split('\n');
    // A spreadsheet would take the name of this class for a formula.
    expect(own[2]).toMatch(/^1,'=r1,-?\d/);
    await writeFile(join(folder, 'turned.csv'), 'height,other,weight\n-2.9,7,100\n');
    expect((await hourglass(['encode', 'table-run', 'turned.csv', '--out', 'turned.npy'])).code).toBe(0);
    expectClose((await npy('turned.npy')).values, [Number(own[2]?.split(',')[2])]);
    await writeFile(join(folder, 'bare.csv'), 'height\n1\n2\n');
    const refused = await hourglass(['encode', 'table-run', 'bare.csv', '--out', 'bare.npy']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Expected a column “weight”')]);
    expect(await readdir(folder)).not.toContain('bare.npy');
  });

  it('refuses what is no model, what does not fit it, and places that it can’t write to', async () => {
    const refusals = [
      [['idx', '--out', 'x.npy'], /Expected a trained model at .*idx, but it holds no document.hourglass/],
      [
        ['pictures-run', 'table.csv', '--out', 'x.npy'],
        /Samples of table.csv are 2, but .* samples of 5×4×1/,
      ],
      [['pictures-run', '--out', 'x.txt'], /ends in .txt/],
      [['pictures-run', '--out', 'x'], /no pictures of one or three channels/],
      [['pictures-run', '--out', 'nowhere/x.npy'], /nowhere/],
      [['table-run', 'table.csv', '--out', 'table.csv'], /would be written over/],
      [['pictures-run', '--label', 'last', '--out', 'x.npy'], /--label was given/],
    ] as const;
    const before = await readdir(folder);
    for (const [args, message] of refusals) {
      const { code, err } = await hourglass(['encode', ...args]);
      expect([code, err]).toEqual([1, expect.stringMatching(message)]);
    }
    expect((await hourglass(['encode', 'pictures-run'])).code).toBe(2);
    expect(await readdir(folder)).toEqual(before);
  });

  it('leaves nothing half made where Ctrl+C is pressed, or the data turn out to be damaged', async () => {
    const columns = Array.from({ length: 20 }, (_, at) => at / 20).join(',');
    await writeFile(join(folder, 'many.csv'), `${columns}\n`.repeat(60_000));
    await writeFile(join(folder, 'kept.npy'), 'as it was');
    const before = await readdir(folder);
    const command = ['encode', 'pictures-run', 'many.csv', '--out', 'kept.npy', '--batch', '16'];
    expect((await hourglass(command, { interrupt: true })).code).toBe(130);
    await writeFile(join(folder, 'many.csv'), `${columns}\n`.repeat(3000) + columns.replace('0.5', 'nan'));
    const { code, err } = await hourglass(command);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/row 3001 \(line 3001\), column “11” is empty, NaN/),
    ]);
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(join(folder, 'kept.npy'), 'utf8')).toBe('as it was');
  });
});

describe('hourglass decode and reconstruct', () => {
  it('bring samples back, by codes or straight, in the scale of the files', async () => {
    for (const name of ['pictures', 'table']) {
      const [model, form] = [`${name}-run`, name === 'table' ? 'csv' : 'parquet'];
      expect((await hourglass(['encode', model, '--out', `there.${form}`])).code).toBe(0);
      expect((await hourglass(['decode', model, `there.${form}`, '--out', 'back.npy'])).code).toBe(0);
      expect((await hourglass(['reconstruct', model, '--out', 'straight.npy', '--batch', '7'])).code).toBe(0);
      const straight = await npy('straight.npy');
      expectClose((await npy('back.npy')).values, straight.values, 1e-2);
      if (name === 'table') {
        // The run's own table of reconstructions.
        const text = await readFile(join(folder, model, 'reconstructions.csv'), 'utf8');
        const rows = text.split('\n').filter((line) => line.includes('reconstruction,'));
        for (const row of rows) {
          const [number = 0, , ...values] = row.split(',').map(Number);
          expectClose(straight.values.subarray(2 * (number - 1), 2 * number), values, 1e-2);
        }
        expect(rows.length).toBeGreaterThan(0);
      } else expect(straight.shape).toEqual([5, 4, 1]);
    }
    const wrong = await hourglass(['decode', 'table-run', 'codes.npy', '--out', 'wrong.npy']);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/are 3, but the model’s are 1/)]);
    const pictures = await hourglass(['decode', 'table-run', 'idx', '--out', 'wrong.npy']);
    expect([pictures.code, pictures.err]).toEqual([1, expect.stringMatching(/of the kind “idx”/)]);
  });

  it('write pictures by the names of those they are made of, of any size, in a folder of their own', async () => {
    await mkdir(join(folder, 'own', 'a'), { recursive: true });
    for (const [name, width] of [
      ['1.png', 4],
      ['a/2.jpg', 8],
    ] as const) {
      const create = { width, height: 5, channels: 3, background: '#405060' } as const;
      await sharp({ create }).toFile(join(folder, 'own', name));
    }
    const command = ['reconstruct', 'pictures-run', 'own', '--out', 'made'];
    const { code, err } = await hourglass(command);
    expect([code, err]).toEqual([0, expect.stringContaining('1 of 2 pictures are of another size than 5×4')]);
    expect((await readdir(join(folder, 'made'))).sort()).toEqual(['1.png', 'a']);
    expect(await readdir(join(folder, 'made', 'a'))).toEqual(['2.jpg.png']);
    const made = await sharp(join(folder, 'made', '1.png')).metadata();
    expect([made.width, made.height]).toEqual([4, 5]);
    const taken = await hourglass(command);
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('holds something already')]);
  });
});

describe('hourglass evaluate', () => {
  it('finds the figures of the run itself, and PCA’s, on its own data', async () => {
    const { code, events } = await hourglass(['evaluate', 'pictures-run', '--json']);
    expect(code).toBe(0);
    const history = JSON.parse(await readFile(join(folder, 'pictures-run', 'history.json'), 'utf8'));
    const { groups } = events[0] as { groups: Record<string, Record<string, unknown>> };
    expect(Object.keys(groups)).toEqual(['training', 'validation', 'test']);
    for (const split of ['validation', 'test']) {
      for (const figure of ['mse', 'loss', 'psnr']) {
        expect(groups[split]?.[figure]).toBeCloseTo(history[split][figure], 5);
      }
      expect(groups[split]?.pca).toMatchObject({ mse: expect.closeTo(history[split].pcaMse, 6) });
    }
  });

  it('measures other data, in the scale that the model was trained in', async () => {
    await writeFile(join(folder, 'others.csv'), 'weight,height\n100,-2.9\n2000,-3\n');
    const { code, out, events } = await hourglass(['evaluate', 'table-run', 'others.csv', '--json']);
    expect([code, events.length]).toEqual([0, 1]);
    expect(events[0]).toMatchObject({ event: 'evaluated', scaling: 'standardise', data: 'others.csv' });
    expect(out.trimEnd()).toBe(JSON.stringify(events[0]));
    const { mse, count } = (events[0] as { groups: { samples: { mse: number; count: number } } }).groups
      .samples;
    expect([count, mse > 0 && mse < 100]).toEqual([2, true]);
    const table = await hourglass(['evaluate', 'table-run', 'others.csv']);
    expect(table.out).toMatch(/samples +count +MSE[\s\S]+Errors are of scaled values/);
  });
});
