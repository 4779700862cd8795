import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import { chained } from '../../shared/plan/random-stacks';
import type { Dataset } from '../data/dataset';
import { openNpy } from '../data/npy/open-npy';
import { gatherRows } from '../data/sample-rows';
import { undoScaling } from '../data/scaling';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import type { TrainingRun } from '../train/training-run';
import { barPictures, relatedRows, trainedFolder } from './fixtures/trained-folder';
import { runModel } from './model-runner';
import { openModel } from './open-model';

let folder: string;
const runs: TrainingRun[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-model-'));
});
afterEach(async () => {
  for (const run of runs.splice(0)) await run.dispose();
  await rm(folder, { recursive: true, force: true });
});

type Changes = Partial<Omit<GraphDocument, 'format' | 'version' | 'blocks' | 'wires'>>;

function drawing(blocks: Parameters<typeof chained>[0], changes: Changes): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    ...chained([newBlock('input', 'input'), ...blocks]),
    training: { ...empty.training, batchSize: 16, epochs: 2, learningRate: 0.01, validationShare: 0.2 },
    ...changes,
  };
}

async function trained(executor: Executor, document: GraphDocument, dataset: Dataset) {
  const path = join(folder, 'run');
  const run = await trainedFolder(path, { executor, document, dataset });
  runs.push(run);
  return { run, path };
}

/** Batches of other sizes may be summed in another order. */
function expectClose(made: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
  expect(made.length).toBe(expected.length);
  const largest = Math.max(1, ...Array.from(expected, Math.abs));
  const differences = Array.from(made, (value, at) => Math.abs(value - expected[at]!));
  expect(Math.max(...differences) / largest).toBeLessThanOrEqual(tolerance);
}

const pictures = (channels: 1 | 3) =>
  ({ kind: 'npy', path: 'bars.npy', shape: [6, 6, channels] }) as const satisfies GraphDocument['data'];

describe.each(enginesHere('using a model without its data'))('a model in %s', (_name, create) => {
  it('encodes and decodes as the run itself did, in batches of any size', async () => {
    const executor = await create();
    const blocks = [
      // What corrupts in training leaves samples as they are here; dropout is off.
      newBlock('corrupt-noise', 'corrupt-noise-1', { deviation: 0.3 }),
      newBlock('conv', 'conv-1', { filters: 4, stride: 2 }),
      newBlock('batch-norm', 'batch-norm-1'),
      newBlock('dropout', 'dropout-1', { rate: 0.3 }),
      newBlock('code', 'code', { size: 5 }),
    ];
    const document = drawing(blocks, { data: pictures(1), task: { kind: 'denoise' } });
    const dataset = barPictures(90);
    const { run, path } = await trained(executor, document, dataset);
    const model = await openModel(path);
    expect(model.preprocessing).toEqual({ dtype: 'uint8', scaling: null, columns: null });
    const { values } = dataset.train;
    const runner = await runModel(executor, model, { batch: 32 });
    const single = await runModel(executor, model, { batch: 1 });
    try {
      const codes = await runner.encode(values);
      expect(codes.length).toBe(90 * 5);
      const outputs = await runner.reconstruct(values);
      expectClose(await runner.decode(codes), outputs);
      // Floats are what bytes stand for; the rest of a batch that is filled up is left out.
      const floats = Float32Array.from(values, (value) => value / 255);
      expectClose(await runner.encode(floats), codes);
      expectClose(await single.encode(values.subarray(0, 3 * 36)), codes.subarray(0, 3 * 5));
      expect(await runner.encode(new Uint8Array(0))).toEqual(new Float32Array(0));
      // The run itself: samples as they are, by the restoring program.
      for (const row of [0, 41, 89]) {
        const sample = values.slice(row * 36, (row + 1) * 36);
        const own = await run.reconstruct(Uint8Array.from(sample));
        const made = outputs.subarray(row * 36, (row + 1) * 36);
        const off = Array.from(made, (value, at) => Math.abs(value * 255 - own.pixels[at]!));
        expect(Math.max(...off)).toBeLessThanOrEqual(0.51);
        const mse = made.reduce((sum, value, at) => sum + (value - sample[at]! / 255) ** 2, 0) / 36;
        expect(own.mse).toBeCloseTo(mse, 6);
      }
      await expect(runner.encode(values.subarray(1))).rejects.toThrow(/no whole number of rows of 36/);
    } finally {
      await runner.dispose();
      await single.dispose();
    }
  });

  it('gives the codes that the run exports, and its reconstructions, of scaled numbers', async () => {
    const executor = await create();
    const columns = ['length', 'width', 'weight'];
    const data = {
      kind: 'table',
      path: 'rows.csv',
      label: 'none',
      series: false,
      scaling: 'standardise',
      columns,
      shape: [3],
    } as const;
    const blocks = [
      newBlock('dense', 'dense-1', { units: 8 }),
      newBlock('code', 'code', { size: 2, coding: 'variational', activation: 'linear' }),
    ];
    const output = { activation: 'linear', loss: 'mse' } as const;
    const document = drawing(blocks, { data, output });
    const { run, path } = await trained(executor, document, relatedRows(200, columns));
    const model = await openModel(path);
    const { scaling } = model.preprocessing;
    expect(model.preprocessing).toMatchObject({ dtype: 'float32', columns });
    expect(scaling?.kind).toBe('standardise');
    if (!scaling) return;
    const group = { kind: 'group', group: 'validation' } as const;
    const file = join(folder, 'code.npy');
    await run.layers.export(run.weightsNow(), 'code', group, file, async () => true);
    const exported = await openNpy(file, false, {});
    const { rows, reconstructions } = await run.reconstructedValues();
    const validation = run.evaluations().groups.find(({ name }) => name === 'validation')!;
    const runner = await runModel(executor, model);
    try {
      const scaled = gatherRows(validation.samples, validation.rows).data as Float32Array;
      const codes = await runner.encode(scaled);
      expectClose(codes, exported.train.values);
      const watched = gatherRows(run.dataset.train, rows).data as Float32Array;
      const made = await runner.reconstruct(watched);
      expectClose(undoScaling(scaling, made), reconstructions);
      expectClose(await runner.decode(codes), await runner.reconstruct(scaled));
    } finally {
      await runner.dispose();
    }
  });

  it('colours pictures with their lightness kept, which codes alone cannot', async () => {
    const executor = await create();
    const blocks = [
      newBlock('conv', 'conv-1', { filters: 4, stride: 2 }),
      newBlock('code', 'code', { size: 4 }),
    ];
    const task = { kind: 'colour', space: 'lab' } as const;
    const document = drawing(blocks, { data: pictures(3), task });
    const dataset = barPictures(60, { channels: 3 });
    const { run, path } = await trained(executor, document, dataset);
    const runner = await runModel(executor, await openModel(path));
    try {
      const { rows, reconstructions } = await run.reconstructedValues();
      const samples = gatherRows(dataset.train, rows).data;
      if (samples instanceof Int32Array) throw new Error('Samples are bytes.');
      expectClose(await runner.reconstruct(samples), reconstructions);
      expect((await runner.encode(samples)).length).toBe(rows.length * 4);
      expect(runner.decodeProblem?.code).toBe('CODE_WITHOUT_LIGHTNESS');
      await expect(runner.decode(new Float32Array(4))).rejects.toThrow(ProblemError);
    } finally {
      await runner.dispose();
    }
  });
});

describe('a folder', () => {
  const [, create] = enginesHere('opening folders')[0]!;
  const document = drawing(
    [newBlock('dense', 'dense-1', { units: 6 }), newBlock('code', 'code', { size: 2 })],
    {
      data: pictures(1),
    },
  );

  async function refused(path: string): Promise<readonly { code: string; message: string }[]> {
    const error = await openModel(path).catch((thrown: unknown) => thrown);
    if (!(error instanceof ProblemError)) throw error;
    return error.problems;
  }

  it('without a model, or with a damaged one, is refused with what is wrong', async () => {
    const { path } = await trained(await create(), document, barPictures(40));
    const weights = join(path, 'weights.safetensors');
    const whole = await readFile(weights);
    expect((await refused(join(folder, 'nowhere')))[0]?.code).toBe('FILE_MISSING');
    expect((await refused(weights))[0]?.message).toMatch(/it is a file/);
    expect((await refused(folder))[0]?.message).toMatch(/it holds no document\.hourglass/);
    for (const length of [0, 7, 40, whole.length - 1]) {
      await writeFile(weights, whole.subarray(0, length));
      expect((await refused(path))[0]?.code).toBe('MODEL_DAMAGED');
    }
    await writeFile(weights, 'no weights at all, but longer than eight bytes');
    expect((await refused(path))[0]?.code).toBe('MODEL_DAMAGED');
    const notFinite = Buffer.from(whole);
    notFinite.writeFloatLE(Number.NaN, whole.length - 4);
    await writeFile(weights, notFinite);
    expect((await refused(path))[0]).toMatchObject({ code: 'MODEL_TENSOR_NOT_FINITE' });
    await rm(weights);
    expect((await refused(path))[0]?.message).toMatch(/it holds no weights\.safetensors/);
    await writeFile(weights, whole);
    expect((await openModel(path)).weights.size).toBe(8);
  });

  it('whose weights are of another drawing is refused, tensor by tensor', async () => {
    const { path } = await trained(await create(), document, barPictures(40));
    const file = join(path, 'document.hourglass');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"units": 6', '"units": 7'));
    const problems = await refused(path);
    expect(problems.map(({ code }) => code)).toContain('MODEL_TENSOR_SHAPE');
    const messages = problems.map(({ message }) => message).join('\n');
    expect(messages).toMatch(/“dense-1\/kernel” as 36×7, but the model’s are 36×6/);
    expect(messages).toMatch(/“code′\/bias” as 7, but the model’s are 6/);
    await writeFile(file, text.replaceAll('dense-1', 'dense-9'));
    const others = await refused(path);
    expect(others.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['MODEL_TENSOR_MISSING', 'MODEL_TENSOR_SURPLUS']),
    );
  });

  it('of an older run says in its history of which type samples are', async () => {
    const { path } = await trained(await create(), document, barPictures(40));
    const file = join(path, 'weights.safetensors');
    const bytes = await readFile(file);
    const length = Number(bytes.readBigUInt64LE(0));
    const header = bytes.toString('utf8', 8, 8 + length).trimEnd();
    const older = header.replace(',"dtype":"uint8"', '').padEnd(length);
    expect(older.trimEnd()).not.toBe(header);
    bytes.write(older, 8);
    await writeFile(file, bytes);
    expect((await openModel(path)).preprocessing.dtype).toBe('uint8');
    await rm(join(path, 'history.json'));
    expect((await refused(path))[0]?.code).toBe('MODEL_DAMAGED');
  });
});
