import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openNpy } from '../../main/data/npy/open-npy';
import { readModelFile } from '../../main/models/model-file-reader';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { readSafetensors } from '../../main/train/read-safetensors';
import { documentHash, documentText, parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { appLink } from '../../shared/sharing/drawing-link';
import { withDrawing } from '../../shared/sharing/drawing-picture';
import { commandLine } from './fixtures/command-line';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function smallDrawing(): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    name: 'Small',
    data: { kind: 'builtin', name: 'digits-and-shapes', count: 100, shape: [28, 28, 1] },
    blocks: [
      newBlock('input', 'input'),
      newBlock('dense', 'dense-1', { units: 32 }),
      newBlock('code', 'code', { size: 8 }),
    ],
    wires: [
      { from: 'input', to: 'dense-1' },
      { from: 'dense-1', to: 'code' },
    ],
    training: { ...empty.training, batchSize: 16, epochs: 2, learningRate: 0.003 },
  };
}

type Watch = Parameters<typeof commandLine>[2];

function hourglass(argv: readonly string[], watch?: Watch) {
  return commandLine(folder, argv, watch);
}

/** What the backups of files hold, the newest last. */
async function backups(): Promise<Buffer[]> {
  const place = join(folder, 'data', 'backups');
  const names = await readdir(place, { recursive: true });
  const files = names.filter((name) => name.endsWith('.hourglass')).sort();
  return Promise.all(files.map((name) => readFile(join(place, name))));
}

/** Forty samples of twelve numbers, in `waves.npy`. */
async function writeWaves(): Promise<void> {
  const rows = 40;
  const values = Float32Array.from({ length: rows * 12 }, (_, i) => Math.sin(i / 5 + Math.floor(i / 12)));
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, 12), }`.padEnd(117, ' ');
  const start = Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from('NUMPY'),
    Buffer.from([1, 0, 118, 0]),
    Buffer.from(`${header}\n`),
  ]);
  await writeFile(join(folder, 'waves.npy'), Buffer.concat([start, Buffer.from(values.buffer)]));
}

async function saved(document: GraphDocument, name = 'small.hourglass'): Promise<string> {
  await writeFile(join(folder, name), documentText(document));
  return name;
}

describe('hourglass train', () => {
  it('writes what layers give out, a row a sample, and refuses a layer that is not there before it trains', async () => {
    const file = await saved(smallDrawing());
    const command = ['train', file, '--engine', 'onnx', '--epochs', '1', '--out', 'out'];
    const { code, err } = await hourglass([...command, '--layers', 'code, dense-1′']);
    expect(code).toBe(0);
    expect(err).toContain('code-validation.npy, code-test.npy, dense-1-twin-validation.npy');
    for (const [name, count, size] of [
      ['code-validation.npy', 10, 8],
      ['code-test.npy', 10, 8],
      ['dense-1-twin-test.npy', 10, 784],
    ] as const) {
      const { train } = await openNpy(join(folder, 'out', name), false, {});
      expect([name, train.count, train.shape]).toEqual([name, count, [size]]);
    }
    const refused = await hourglass([...command, '--force', '--layers', 'dense-7']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('no layer “dense-7”')]);
  });

  it('tells each loss of a sum by itself, which add up to it', async () => {
    const output = {
      activation: 'sigmoid',
      loss: 'mse',
      addedLosses: [{ loss: 'mae', weight: 0.5 }],
    } as const;
    const file = await saved({ ...smallDrawing(), output });
    const told = ['train', file, '--engine', 'onnx', '--json', '--out', 'sum', '--epochs', '1'];
    const { code, err, events } = await hourglass(told);
    expect(code).toBe(0);
    expect(err).toMatch(/^epoch 1\/1: loss [\d.]+ \(MSE [\d.]+, MAE [\d.]+\), validation loss/m);
    const epoch = events.find(({ event }) => event === 'epoch') as
      | {
          trainLoss: number;
          terms: Record<string, number>;
          validation: { loss: number; terms: Record<string, number> };
        }
      | undefined;
    expect(Object.keys(epoch?.terms ?? {})).toEqual(['mse', 'mae']);
    const sum = Object.values(epoch?.terms ?? {}).reduce((all, term) => all + term, 0);
    expect(sum).toBeCloseTo(epoch?.trainLoss ?? Number.NaN, 5);
    const { loss, terms } = epoch?.validation ?? { loss: Number.NaN, terms: {} };
    expect(Object.keys(terms)).toEqual(['mse', 'mae']);
    expect(Object.values(terms).reduce((all, term) => all + term, 0)).toBeCloseTo(loss, 5);
  });

  it('trains on a table with what the command line says of it, and writes its scale and rows', async () => {
    const lines = Array.from({ length: 60 }, (_, row) => `${row % 3},${row * 10},${Math.sin(row)},7`);
    await writeFile(join(folder, 'beats.csv'), ['kind,"mass, g",wave,still', ...lines].join('\n'));
    const file = await saved({ ...smallDrawing(), output: { activation: 'linear', loss: 'mse' } });
    const told = ['--data', 'beats.csv', '--label', 'kind', '--scaling', 'standardise', '--include', '0,1'];
    const { code, err, events } = await hourglass([
      'train',
      file,
      '--engine',
      'onnx',
      '--json',
      '--out',
      'o',
      '--held-out',
      '0.25',
      ...told,
    ]);
    expect(err).toContain('Read as text with commas');
    expect(err).toContain('Column “still” is 7 in every training sample');
    expect(code).toBe(0);
    expect(events.at(-1)).toMatchObject({ event: 'completed', scaling: 'standardise', test: null });
    const document = parseDocument(await readFile(join(folder, 'o', 'document.hourglass'), 'utf8'));
    expect(document.data).toMatchObject({
      kind: 'table',
      label: { column: 'kind' },
      filter: { include: ['0', '1'], heldOut: 0.25 },
      shape: [3],
    });
    const history = JSON.parse(await readFile(join(folder, 'o', 'history.json'), 'utf8'));
    expect(history.data.scaling).toMatchObject({
      kind: 'standardise',
      factor: [expect.any(Number), expect.any(Number), 1],
    });
    const weights = await readFile(join(folder, 'o', 'weights.safetensors'), 'latin1');
    expect(weights).toContain('standardise');
    const table = (await readFile(join(folder, 'o', 'reconstructions.csv'), 'utf8')).trimEnd().split('\n');
    expect(table[0]).toBe('row,values,"mass, g",wave,still');
    expect(table).toHaveLength(1 + 2 * 16);
    const [row, kind, mass] = table[1]!.split(',');
    expect(kind).toBe('original');
    expect(Number(mass)).toBeCloseTo((Number(row) - 1) * 10, 3);
  });

  it('keeps the settings of a table in a drawing for another file, and refuses those of other kinds', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row % 2 ? 'a' : 'b'};${row};${row * 2},5`).join(
      '\n',
    );
    await writeFile(join(folder, 'one.csv'), rows);
    const base = smallDrawing();
    const file = await saved({
      ...base,
      output: { activation: 'linear', loss: 'mse' },
      data: {
        kind: 'table',
        path: './absent.csv',
        label: 'first',
        series: true,
        scaling: 'min-max',
        shape: [9, 1],
        filter: { include: ['a'], heldOut: 0 },
      },
    });
    const { code, events } = await hourglass([
      'train',
      file,
      '--engine',
      'onnx',
      '--json',
      '--out',
      'o',
      '--data',
      'one.csv',
    ]);
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ event: 'data', shape: [2, 1], trainCount: 40 });
    const small = smallDrawing();
    const blocks = [newBlock('input', 'input'), newBlock('conv1d', 'conv1d-1'), newBlock('code', 'code')];
    const wires = blocks.slice(1).map(({ id }, index) => ({ from: blocks[index]?.id ?? '', to: id }));
    const sliding = await saved({ ...small, blocks, wires, output: { activation: 'linear', loss: 'mse' } });
    const series = await hourglass([
      'train',
      sliding,
      '--engine',
      'onnx',
      '--json',
      '--out',
      's',
      '--data',
      'one.csv',
      '--series',
    ]);
    expect(series.err).not.toContain('Problem');
    expect(series.events[0]).toMatchObject({ event: 'data', shape: [2, 1] });
    expect(series.code).toBe(0);
    const refused = await hourglass(['train', await saved(base), '--series', '--json']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--series was given');
  });

  it('writes JSON Lines alone to stdout, and history, picture, weights and drawing to the folder', async () => {
    const file = await saved(smallDrawing());
    const { code, out, err, events } = await hourglass([
      'train',
      file,
      '--engine',
      'onnx',
      '--json',
      '--out',
      'result',
      '--epochs',
      '3',
      '--seed',
      '5',
    ]);
    expect(err).not.toContain('mistake');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(events.length);
    expect(
      events.map(({ event }) => event).filter((event) => event !== 'progress' && event !== 'pca'),
    ).toEqual(['data', 'started', 'epoch', 'epoch', 'epoch', 'completed']);
    const last = events.at(-1)!;
    expect(last).toMatchObject({
      event: 'completed',
      engine: 'onnx',
      samplesPerSecond: expect.any(Number),
      validation: { mse: expect.any(Number) },
      test: { mse: expect.any(Number), pcaMse: expect.any(Number) },
    });

    const place = join(folder, 'result');
    expect((await readdir(place)).sort()).toEqual([
      'checkpoints',
      'document.hourglass',
      'film.safetensors',
      'history.json',
      'reconstructions.png',
      'summary.json',
      'weights.safetensors',
    ]);
    const history = JSON.parse(await readFile(join(place, 'history.json'), 'utf8'));
    expect(history.losses).toHaveLength(3 * Math.ceil(90 / 16));
    expect(history.epochs).toHaveLength(3);
    expect(history.test).toEqual(last.test);
    const kept = parseDocument(await readFile(join(place, 'document.hourglass'), 'utf8'));
    expect(kept.training).toMatchObject({ epochs: 3, seed: 5 });
    const picture = await sharp(join(place, 'reconstructions.png')).metadata();
    expect(picture.width).toBeGreaterThan(8 * 96);
    const weights = await readFile(join(place, 'weights.safetensors'));
    const header = JSON.parse(weights.subarray(8, 8 + Number(weights.readBigUInt64LE(0))).toString('utf8'));
    expect(header.__metadata__.documentHash).toBe(documentHash(kept));
    expect(header['dense-1/kernel']).toMatchObject({ dtype: 'F32', shape: [784, 32] });
    expect(header['dense-1′/bias']).toMatchObject({ dtype: 'F32', shape: [784] });
    expect(Object.keys(header)).toHaveLength(1 + 8);
  });

  it('prints a summary without --json, goes on on stderr, and picks a folder of its own', async () => {
    const { code, out, err } = await hourglass(['train', await saved(smallDrawing()), '--engine', 'onnx']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^engine +onnx\nspeed +[\d,]+ samples\/s\nvalidation MSE +0\.\d+ \(PCA with 8: 0\.\d+\)\nvalidation MAE[^\n]+\nvalidation PSNR +\d+\.\d\d dB \(PCA with 8: \d+\.\d\d dB\)\nvalidation SSIM[^\n]+\ntest MSE/,
    );
    expect(err).toMatch(/epoch 2\/2: loss 0\.\d+, validation loss 0\.\d+/);
    const [name] = await readdir(join(folder, 'runs'));
    expect(name).toMatch(/^small-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d$/);
    expect(err).toContain(join(folder, 'runs', name!));
  });

  it('takes other data with --data, and keeps a path in the folder that leads there', async () => {
    await writeWaves();
    const drawing = { ...smallDrawing(), output: { activation: 'linear', loss: 'mse' } as const };
    const { code, events, err } = await hourglass([
      'train',
      await saved(drawing),
      '--data',
      'waves.npy',
      '--engine',
      'onnx',
      '--json',
      '--out',
      'deep/result',
    ]);
    expect(err).not.toContain('Problem');
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ event: 'data', shape: [12], trainCount: 40, testCount: 0 });
    expect(events.at(-1)).toMatchObject({ event: 'completed', test: null });
    expect(existsSync(join(folder, 'deep', 'result', 'reconstructions.png'))).toBe(true);
    const kept = parseDocument(await readFile(join(folder, 'deep', 'result', 'document.hourglass'), 'utf8'));
    expect(kept.data).toMatchObject({ kind: 'npy', shape: [12] });
  });

  it('stops on Ctrl+C with 130, keeping the weights of that moment', async () => {
    const { code, events } = await hourglass(
      ['train', await saved(smallDrawing()), '--engine', 'onnx', '--json', '--epochs', '10000', '--out', 'o'],
      { onOut: (text, interrupt) => text.includes('"epoch","epoch":2') && interrupt() },
    );
    expect(code).toBe(130);
    expect(events.at(-1)).toMatchObject({ event: 'stopped', step: 12 });
    expect(existsSync(join(folder, 'o', 'weights.safetensors'))).toBe(true);
  });

  it('goes on with a stopped run as if it had not been stopped, from another folder’s view of the data', async () => {
    const told = ['train', await saved(smallDrawing()), '--engine', 'onnx', '--epochs', '5', '--json'];
    const whole = await hourglass([...told, '--out', 'whole']);
    expect(whole.code).toBe(0);
    const stopped = await hourglass([...told, '--out', 'stopped'], {
      onOut: (text, interrupt) => text.includes('"epoch","epoch":2') && interrupt(),
    });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('hourglass resume');
    expect(await readdir(join(folder, 'stopped', 'checkpoints'))).not.toEqual([]);
    const on = await hourglass(['resume', 'stopped', '--json']);
    expect(on.code).toBe(0);
    expect(on.events.at(-1)).toMatchObject({ event: 'completed', step: 30 });
    const of = async (run: string) => {
      const weights = await readFile(join(folder, run, 'weights.safetensors'));
      const history = JSON.parse(await readFile(join(folder, run, 'history.json'), 'utf8'));
      const epochs = history.epochs.map((record: object) => ({ ...record, samplesPerSecond: 0 }));
      return { weights, losses: history.losses, epochs, validation: history.validation };
    };
    expect(await of('stopped')).toEqual(await of('whole'));
    expect(await readdir(join(folder, 'stopped', 'checkpoints'))).toHaveLength(1);
    const done = await hourglass(['resume', 'stopped']);
    expect(done.code).toBe(1);
    expect(done.err).toContain('came to its end after 5 epochs');
  });

  it('goes on with data that lie elsewhere by now, and otherwise than bit for bit only where that is asked for', async () => {
    await writeWaves();
    const told = ['train', await saved(smallDrawing()), '--data', 'waves.npy', '--engine', 'onnx', '--json'];
    expect((await hourglass([...told, '--epochs', '5', '--out', 'whole'])).code).toBe(0);
    const stopped = await hourglass([...told, '--epochs', '5', '--out', 'stopped'], {
      onOut: (text, interrupt) => text.includes('"epoch","epoch":2') && interrupt(),
    });
    expect(stopped.code).toBe(130);
    await mkdir(join(folder, 'elsewhere'));
    await rename(join(folder, 'waves.npy'), join(folder, 'elsewhere', 'waves.npy'));
    expect((await hourglass(['resume', 'stopped'])).code).toBe(1);
    const resume = ['resume', 'stopped', '--data', 'elsewhere/waves.npy'];
    try {
      vi.stubEnv('HOURGLASS_THREADS', '3');
      const refused = await hourglass(resume);
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--inexact')]);
      const other = await hourglass([...resume, '--inexact', '--out', 'other']);
      expect([other.code, other.err]).toEqual([0, expect.stringContaining('with 3 threads goes on')]);
    } finally {
      vi.unstubAllEnvs();
    }
    expect((await hourglass([...resume, '--save', 'on.hourglass'])).code).toBe(0);
    const weights = async (run: string) =>
      readSafetensors(await readFile(join(folder, run, 'weights.safetensors'))).tensors;
    expect(await weights('stopped')).toEqual(await weights('whole'));
    const kept = parseDocument(await readFile(join(folder, 'stopped', 'document.hourglass'), 'utf8'));
    expect(kept.data).toMatchObject({ kind: 'npy', path: join(folder, 'elsewhere', 'waves.npy') });
  });

  it('goes on for more epochs in a folder of its own, and lists, finds and deletes runs', async () => {
    const told = ['train', await saved(smallDrawing()), '--engine', 'onnx', '--json', '--epochs', '5'];
    const stopped = await hourglass([...told, '--out', 'runs/stopped'], {
      onOut: (text, interrupt) => text.includes('"epoch","epoch":2') && interrupt(),
    });
    expect(stopped.code).toBe(130);
    expect(await readdir(join(folder, 'runs', 'stopped'))).not.toContain('unfinished.json');
    const more = await hourglass(['resume', 'runs/stopped', '--more-epochs', '1', '--out', 'runs/more']);
    expect(more.code).toBe(0);
    expect((await hourglass([...told.slice(0, -1), '6', '--out', 'runs/six'])).code).toBe(0);
    const weights = (run: string) => readFile(join(folder, 'runs', run, 'weights.safetensors'));
    expect(await weights('more')).toEqual(await weights('six'));

    const listed = await hourglass(['runs', '--json']);
    expect(listed.events.map(({ id }) => id).sort()).toEqual(['more', 'six', 'stopped']);
    expect(listed.events.find(({ id }) => id === 'stopped')).toMatchObject({
      state: 'stopped',
      name: 'Small',
      epochs: [2, 5],
      canGoOn: true,
    });
    const found = await hourglass(['runs', 'runs', '--search', 'small STOP']);
    expect(found.out.split('\n')).toHaveLength(3);
    expect((await hourglass(['runs', '--delete', 'six', '--delete', 'more'])).code).toBe(0);
    expect(await readdir(join(folder, 'runs'))).toEqual(['stopped']);
    const unknown = await hourglass(['runs', '--delete', 'six']);
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('no run “six”');
    expect((await hourglass(['runs', '--tidy'])).err).toContain('Nothing to tidy');
  });

  it('puts drawing and weights into one file, at the end or from a run’s folder, and trains the drawing in it', async () => {
    const told = ['train', await saved(smallDrawing()), '--engine', 'onnx', '--epochs', '1', '--out', 'one'];
    expect((await hourglass([...told, '--save', 'one.txt'])).err).toContain('one.txt');
    expect(existsSync(join(folder, 'one'))).toBe(false);
    const run = await hourglass([...told, '--save', 'one.hourglass']);
    expect(run.code).toBe(0);
    expect(run.err).toContain(`The model is in ${join(folder, 'one.hourglass')}`);
    expect((await hourglass(['save', 'one', 'two.hourglass', '--pictures'])).code).toBe(0);
    const [one, two] = [
      await readModelFile(join(folder, 'one.hourglass')),
      await readModelFile(join(folder, 'two.hourglass')),
    ];
    expect(two.weights).toEqual(one.weights);
    expect(two.history).toEqual(one.history);
    expect(two.manifest.data).toEqual(one.manifest.data);
    expect(two.metrics.ending).toEqual(one.metrics.ending);
    expect([one.thumbnail, two.thumbnail === null]).toEqual([null, false]);
    expect(one.state?.progress.epochs).toHaveLength(1);
    const again = await hourglass(['save', 'one', 'two.hourglass']);
    expect(again.code).toBe(1);
    expect(again.err).toContain('--force');
    const replaced = await readFile(join(folder, 'two.hourglass'));
    expect((await hourglass(['save', 'one', 'two.hourglass', '--force'])).code).toBe(0);
    expect(await backups()).toEqual([replaced]);
    const refused = await hourglass([...told, '--out', 'other', '--save', 'two.hourglass']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('two.hourglass is there')]);
    expect(existsSync(join(folder, 'other'))).toBe(false);
    const from = await hourglass(['train', 'two.hourglass', '--engine', 'onnx', '--out', 'three', '--json']);
    expect(from.events.at(-1)).toMatchObject({ event: 'completed' });
    expect(from.err).toContain('hourglass resume two.hourglass');
    const done = await hourglass(['resume', 'one.hourglass']);
    expect([done.code, done.err]).toEqual([1, expect.stringContaining('--more-epochs')]);
    const more = [
      'resume',
      'one.hourglass',
      '--more-epochs',
      '1',
      '--out',
      'more',
      '--save',
      'more.hourglass',
    ];
    expect((await hourglass(more)).code).toBe(0);
    expect(
      (
        await hourglass([
          'train',
          'three/document.hourglass',
          ...told.slice(2, 4),
          '--epochs',
          '2',
          '--out',
          'both',
        ])
      ).code,
    ).toBe(0);
    const trained = await readModelFile(join(folder, 'more.hourglass'));
    const { tensors } = readSafetensors(await readFile(join(folder, 'both', 'weights.safetensors')));
    expect(trained.weights).toEqual(tensors);
    expect([trained.document.training.epochs, trained.history.epochs.length]).toEqual([2, 2]);
  });

  it('leaves a run in its folder, unless it is told to put another in its place', async () => {
    const told = ['train', await saved(smallDrawing()), '--engine', 'onnx', '--json', '--out', 'o'];
    const stopped = await hourglass([...told, '--epochs', '10000'], {
      onOut: (text, interrupt) => text.includes('"epoch","epoch":3') && interrupt(),
    });
    expect(stopped.code).toBe(130);
    await writeFile(join(folder, 'o', 'notes.txt'), 'mine');
    const refused = await hourglass([...told, '--epochs', '2']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--force')]);
    const again = await hourglass([...told, '--epochs', '10000', '--force'], {
      onOut: (text, interrupt) => text.includes('"epoch","epoch":1') && interrupt(),
    });
    expect(again.code).toBe(130);
    // Of the first run, which was further, nothing is left but what its user put beside it.
    const { checkpoint } = await new CheckpointFolder(join(folder, 'o', 'checkpoints')).latest();
    expect(checkpoint?.progress.step).toBe(again.events.at(-1)?.step);
    expect(await readFile(join(folder, 'o', 'notes.txt'), 'utf8')).toBe('mine');
    const short = await hourglass([...told, '--epochs', '1', '--force']);
    expect(short.code).toBe(0);
    const { checkpoint: last } = await new CheckpointFolder(join(folder, 'o', 'checkpoints')).latest();
    expect(last?.progress.step).toBe(short.events.at(-1)?.step);
  });

  it('begins with another run’s weights where shapes match, layer by layer, and leaves what is frozen', async () => {
    const told = ['--engine', 'onnx', '--epochs', '1', '--json'];
    expect((await hourglass(['train', await saved(smallDrawing()), ...told, '--out', 'first'])).code).toBe(0);
    const other = smallDrawing();
    const wider = other.blocks.map((block) =>
      block.id === 'code' ? newBlock('code', 'code', { size: 9 }) : block,
    );
    const file = await saved({ ...other, name: 'Other', blocks: wider }, 'other.hourglass');
    const from = ['--weights', 'first', '--part', 'encoder', '--freeze', 'dense-1'];
    const { code, err, events } = await hourglass(['train', file, ...told, '--out', 'second', ...from]);
    expect(code).toBe(0);
    expect(err).toMatch(/dense-1 +loaded +dense-1 +25,120/);
    expect(err).toMatch(/code +new +there it is 32×8/);
    expect(events.find(({ event }) => event === 'weights')).toMatchObject({
      model: { name: 'Small', part: 'encoder' },
      loaded: 25_120,
      kept: 0,
    });
    const of = async (run: string) =>
      readSafetensors(await readFile(join(folder, run, 'weights.safetensors'))).tensors;
    expect((await of('second')).get('dense-1/kernel')).toEqual((await of('first')).get('dense-1/kernel'));
    const drawn = parseDocument(await readFile(join(folder, 'second', 'document.hourglass'), 'utf8'));
    expect(drawn.blocks.find(({ id }) => id === 'dense-1')?.params.frozen).toBe(true);
    expect(drawn.decoder).toEqual({ 'dense-1′': { frozen: false } });
    const summary = JSON.parse(await readFile(join(folder, 'second', 'summary.json'), 'utf8'));
    expect(summary.startedFrom).toMatchObject({ model: { name: 'Small' }, loaded: 25_120 });
    const wrong = await hourglass([
      'train',
      file,
      ...told,
      '--weights',
      'first',
      '--blocks',
      "dense-1',dense-7",
    ]);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('no block “dense-7” with weights')]);
    const part = await hourglass(['train', file, ...told, '--part', 'encoder']);
    expect([part.code, part.err]).toEqual([1, expect.stringContaining('Name one by --weights')]);
  });

  it('ends with 1 and the Problem where loss becomes infinite, keeping finite weights', async () => {
    const small = smallDrawing();
    const drawing: GraphDocument = {
      ...small,
      output: { activation: 'linear', loss: 'mse' },
      blocks: small.blocks.map((block) => ({
        ...block,
        params: block.type === 'input' ? block.params : { ...block.params, activation: 'linear' },
      })),
      training: {
        ...small.training,
        epochs: 50,
        learningRate: 10,
        optimizer: { type: 'sgd', momentum: 0.99 },
      },
    };
    const { code, err, events } = await hourglass([
      'train',
      await saved(drawing),
      '--engine',
      'onnx',
      '--json',
      '--out',
      'o',
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/lower learning rate/);
    expect(events.at(-1)).toMatchObject({ event: 'failed', problem: { code: 'NAN_LOSS' } });
    expect(existsSync(join(folder, 'o', 'weights.safetensors'))).toBe(true);
  });

  it('says every Problem of a drawing before it loads anything', async () => {
    const drawing = { ...smallDrawing(), wires: [] };
    const { code, err, events } = await hourglass([
      'train',
      await saved(drawing),
      '--json',
      '--engine',
      'onnx',
    ]);
    expect(code).toBe(1);
    expect(err.match(/^Problem/gm)?.length).toBeGreaterThan(0);
    expect(events).toEqual([{ event: 'failed', problems: expect.any(Array) }]);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('names what is wrong with data and files', async () => {
    const file = await saved(smallDrawing());
    const missing = await hourglass(['train', file, '--data', 'nowhere', '--engine', 'onnx']);
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.err).toMatch(/no such file or folder/);
    const noDrawing = await hourglass(['train', 'gone.hourglass']);
    expect(noDrawing).toMatchObject({ code: 1, out: '' });
    expect(noDrawing.err).toMatch(/gone\.hourglass/);
  });

  it.each([
    [['train']],
    [['train', 'a.hourglass', '--epochs', '0']],
    [['train', 'a.hourglass', '--seed', '1.5']],
    [['train', 'a.hourglass', '--engine', 'abacus']],
    [['train', 'a.hourglass', '--unknown']],
    [['train', 'a.hourglass', 'b.hourglass']],
    [['fly']],
  ])('calls %j wrong usage', async (argv) => {
    const { code, out, err } = await hourglass(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/error:/);
  });
});

describe('hourglass train with pre-training', () => {
  it('says of which stage an epoch is', async () => {
    const small = smallDrawing();
    const training = { ...small.training, epochs: 1, pretraining: { epochs: 1 } };
    const file = await saved({ ...small, training });
    const { code, err } = await hourglass(['train', file, '--engine', 'onnx', '--out', 'stacked']);
    expect(code).toBe(0);
    expect(err).toMatch(/^epoch 1\/3 \(pre-training dense-1\): loss /m);
    expect(err).toMatch(/^epoch 2\/3 \(pre-training code\): loss /m);
    expect(err).toMatch(/^epoch 3\/3: loss /m);
  });
});

describe('hourglass find-rate', () => {
  it('prints the rate to begin with, and nothing else, on stdout', async () => {
    const { code, out, err } = await hourglass([
      'find-rate',
      await saved(smallDrawing()),
      '--engine',
      'onnx',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^0\.\d+\n$/);
    expect(err).toMatch(/^\d+ steps, up to a learning rate of /m);
  });
});

describe('hourglass check', () => {
  it('shows every layer with shapes and parameters', async () => {
    const { code, out, err } = await hourglass(['check', await saved(smallDrawing())]);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/^dense-1 +dense +784 → 32 +relu +25,120$/m);
    expect(out).toMatch(/^code′ +code +8 → 32 +relu +288$/m);
    expect(out).toMatch(/total +51,\d{3}$/m);
  });

  it('counts what is frozen apart from what is trained', async () => {
    const small = smallDrawing();
    const blocks = small.blocks.map((block) =>
      block.id === 'dense-1' ? { ...block, params: { ...block.params, frozen: true } } : block,
    );
    const { out } = await hourglass(['check', await saved({ ...small, blocks })]);
    expect(out).toMatch(/^dense-1 .* frozen 25,120$/m);
    expect(out).toMatch(/^dense-1′ .* frozen 25,872$/m);
    expect(out).toMatch(/trainable +552$/m);
    expect(out).toMatch(/frozen +50,992$/m);
  });

  it('shows every Problem with its block and parameter, and ends with 1', async () => {
    const small = smallDrawing();
    const drawing: GraphDocument = {
      ...small,
      output: { activation: 'relu', loss: 'bce' },
      blocks: [...small.blocks, newBlock('dense', 'dense-9')],
    };
    const { code, out } = await hourglass(['check', await saved(drawing)]);
    expect(code).toBe(1);
    expect(out).toMatch(/Problem \(block output, parameter \w+\): Binary cross-entropy needs/);
    expect(out).toMatch(/Problem \(block dense-9\)/);
    expect(out).toMatch(/2 errors, 0 warnings/);
  });

  it('looks at the data, and tells what a run takes, as the window does', async () => {
    const { code, out, err } = await hourglass(['check', await saved(smallDrawing()), '--engine', 'onnx']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^engine +onnx$/m);
    expect(out).toMatch(/^training +about [\d.]+ s an epoch, [\d.]+ s for 2$/m);
    expect(out).toMatch(/^memory +about \d+ MB$/m);
    expect(out).toMatch(/Nothing is wrong/);
    const alone = await hourglass(['check', 'small.hourglass', '--drawing-only']);
    expect(alone.code).toBe(0);
    expect(alone.out).not.toMatch(/^engine/m);
  });

  it('tells as JSON what does not go with the data given, with the shapes that these give', async () => {
    const lines = Array.from({ length: 60 }, (_, row) => `${row * 10},${Math.sin(row)},7`);
    await writeFile(join(folder, 'numbers.csv'), ['mass,wave,still', ...lines].join('\n'));
    const file = await saved({
      ...smallDrawing(),
      training: { ...smallDrawing().training, pretraining: { epochs: 3 } },
    });
    const told = ['check', file, '--data', 'numbers.csv', '--engine', 'onnx', '--json'];
    const { code, out, events } = await hourglass(told);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    const [checked] = events as { problems: { code: string; remedy: object }[]; layers: object[] }[];
    expect(checked?.problems.map(({ code, remedy }) => [code, remedy])).toEqual([
      ['CODE_WIDER', undefined],
      ['OUTPUT_OUT_OF_REACH', { scaling: 'min-max' }],
      ['TABLE_CONSTANT_COLUMNS', { columns: ['mass', 'wave'] }],
    ]);
    expect(checked?.layers[0]).toMatchObject({ id: 'input', outputShape: [3] });
    expect(checked).toMatchObject({
      engine: 'onnx',
      epochs: 2,
      stages: [{ block: 'dense-1', epochs: 3 }, { block: 'code' }],
    });
    const bce = await saved(
      { ...smallDrawing(), output: { activation: 'sigmoid', loss: 'bce' } },
      'bce.hourglass',
    );
    const refused = await hourglass(['check', bce, '--data', 'numbers.csv', '--engine', 'onnx']);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/Binary cross-entropy needs samples between 0 and 1/);
  });

  it('reads a drawing that came in a picture, or as a link', async () => {
    const grey = { create: { width: 4, height: 4, channels: 3 as const, background: 'grey' } };
    const png = await sharp(grey).png().toBuffer();
    await writeFile(join(folder, 'shared.png'), withDrawing(png, smallDrawing()));
    await writeFile(join(folder, 'photo.png'), png);
    const link = appLink(smallDrawing());
    for (const file of ['shared.png', link]) {
      const { code, out } = await hourglass(['check', file, '--drawing-only', '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(out).layers.map(({ id }: { id: string }) => id)).toContain('dense-1′');
    }
    const photo = await hourglass(['check', 'photo.png', '--drawing-only']);
    expect([photo.code, photo.out]).toEqual([1, expect.stringContaining('no drawing of Hourglass is in it')]);
    const cut = await hourglass(['check', link.slice(0, -4), '--drawing-only']);
    expect([cut.code, cut.out]).toEqual([1, expect.stringContaining('This link to a drawing can’t be read')]);
  });

  it('checks a drawing without its data where these are not here, but misses those that were named', async () => {
    const data = { kind: 'idx', path: './mnist', shape: [28, 28, 1] } as const;
    const file = await saved({ ...smallDrawing(), data });
    const { code, out, err } = await hourglass(['check', file]);
    expect(code).toBe(0);
    expect(err).toMatch(/checked without its data/);
    expect(out).toMatch(/Nothing is wrong/);
    expect((await hourglass(['check', file, '--data', 'nowhere'])).code).toBe(1);
  });

  it('says where a damaged file is damaged', async () => {
    await writeFile(join(folder, 'cut.hourglass'), documentText(smallDrawing()).slice(0, 300));
    const { code, out } = await hourglass(['check', 'cut.hourglass']);
    expect(code).toBe(1);
    expect(out).toMatch(/line \d+, column \d+/);
  });
});

describe('hourglass', () => {
  it('says what data lie at a path', async () => {
    await writeFile(join(folder, 'few.csv'), 'kind,x,y\na,1,2.5\nb,3,4\na,5,6\n');
    const { code, out } = await hourglass(['datasets', 'few.csv']);
    expect(code).toBe(0);
    expect(out).toMatch(/^columns +x, y$/m);
    expect(out).toMatch(/^label +first$/m);
    expect(out).toMatch(/^labels +a \(2\), b \(1\)$/m);
    expect(out).toMatch(/^values +float32, 1 to 6$/m);
    expect((await hourglass(['datasets', 'absent'])).code).toBe(1);
  });

  it('lists the built-in sets', async () => {
    const { code, out } = await hourglass(['datasets']);
    expect(code).toBe(0);
    expect(out).toMatch(/digits-and-shapes +28×28×1 +15/);
    expect(out).toMatch(/colour-scenes +32×32×3/);
  });

  it('says which engine is in use', async () => {
    const { code, out } = await hourglass(['doctor']);
    expect(code).toBe(0);
    expect(out).toMatch(/in use/);
    expect(out).toMatch(/Node \d+/);
  });

  it('shows its help as a result', async () => {
    const { code, out } = await hourglass(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/train/);
  });

  it('says where results cannot be written', async () => {
    const file = await saved(smallDrawing());
    const { code, err } = await hourglass(['train', file, '--engine', 'onnx', '--out', file]);
    expect(code).toBe(1);
    expect(err).toMatch(/^Problem: .*small\.hourglass/m);
  });

  it('writes a fault of its own to the log and says so plainly', async () => {
    const broken = () => {
      throw new Error('the pipe broke');
    };
    const { code, err } = await hourglass(['datasets'], { onOut: broken });
    expect(code).toBe(1);
    expect(err).toMatch(/mistake; this is not your fault.*cli\.log/);
    expect(await readFile(join(folder, 'log', 'cli.log'), 'utf8')).toContain('the pipe broke');
  });
});

describe('hourglass sweep', () => {
  it('trains each size into a folder of its own, and tells errors beside PCA’s', async () => {
    const file = await saved(smallDrawing());
    const args = ['sweep', file, '--sizes', '8,2,4', '--epochs', '1', '--engine', 'onnx', '--out', 'sizes'];
    const { code, out } = await hourglass([...args, '--json']);
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told.points.map(({ size }: { size: number }) => size)).toEqual([2, 4, 8]);
    for (const { size, mse, pcaMse } of told.points) {
      expect([mse, pcaMse].every((error) => error > 0)).toBe(true);
      const kept = parseDocument(
        await readFile(join(folder, 'sizes', `code-${size}`, 'document.hourglass'), 'utf8'),
      );
      expect(kept.blocks.find(({ type }) => type === 'code')?.params.size).toBe(size);
      expect(kept.training.epochs).toBe(1);
    }
    expect(told.points[0].pcaMse).toBeGreaterThan(told.points[2].pcaMse);
  });

  it('refuses sizes that are none', async () => {
    const file = await saved(smallDrawing());
    for (const sizes of ['4', '2,x', '0,2']) {
      expect((await hourglass(['sweep', file, '--sizes', sizes])).code).toBe(2);
    }
  });
});
