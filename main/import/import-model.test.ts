import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { openEngine } from '../execute/engines';
import type { Executor } from '../execute/executor';
import { runModel } from '../models/model-runner';
import { drawModel } from './draw-model';
import { importModel } from './import-model';
import { readForeign } from './read-foreign';
import { runForeign } from './run-foreign';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** Models made by other programs, with the blocks they become; what they give is told by these programs. */
const MODELS: readonly { file: string; told: string; blocks: string }[] = [
  { file: 'keras-dense.keras', told: 'keras-dense', blocks: 'input dense-1 code' },
  { file: 'keras-dense.h5', told: 'keras-dense', blocks: 'input dense-1 code' },
  {
    file: 'keras-odd.keras',
    told: 'keras-odd',
    blocks: 'input conv-1 batch-norm-1 activation-1 conv-2 code',
  },
  { file: 'keras-halves.keras', told: 'keras-halves', blocks: 'input conv-1 max-pool-1 dropout-1 code' },
  { file: 'keras-halves.h5', told: 'keras-halves', blocks: 'input conv-1 max-pool-1 dropout-1 code' },
  { file: 'keras-halves.onnx', told: 'keras-halves', blocks: 'input conv-1 max-pool-1 code' },
  { file: 'keras-series.keras', told: 'keras-series', blocks: 'input conv1d-1 code' },
  { file: 'keras-series.onnx', told: 'keras-series', blocks: 'input conv1d-1 code' },
  {
    file: 'keras-ordinary.keras',
    told: 'keras-ordinary',
    blocks: 'input batch-norm-1 dense-1 dense-2 dense-3 code',
  },
  {
    file: 'keras-ordinary.h5',
    told: 'keras-ordinary',
    blocks: 'input batch-norm-1 dense-1 dense-2 dense-3 code',
  },
  {
    file: 'torch-ordinary.onnx',
    told: 'torch-ordinary',
    blocks: 'input conv-1 conv-2 dense-1 code',
  },
  { file: 'layers-model/model.json', told: 'layers-model', blocks: 'input conv-1 average-pool-1 code' },
  { file: 'torch-conv.onnx', told: 'torch-conv', blocks: 'input conv-1 conv-2 code' },
  {
    file: 'torch-pool.onnx',
    told: 'torch-pool',
    blocks: 'input conv-1 max-pool-1 conv-2 average-pool-1 code',
  },
  { file: 'torch-fully.onnx', told: 'torch-fully', blocks: 'input conv-1 conv-2 code' },
];

let executor: Executor;

beforeAll(async () => {
  executor = await openEngine('onnx');
});

async function toldOf(name: string): Promise<{ inputs: number[]; outputs: number[] }> {
  return JSON.parse(await readFile(fixture(`${name}.json`), 'utf8'));
}

async function problemsOf(file: string): Promise<string[]> {
  const error = await importModel(fixture(file), executor).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`${file} was to be refused, got ${String(error)}`);
  return error.problems.map(({ message }) => message);
}

describe.each(MODELS)('$file', ({ file, told, blocks }) => {
  it('becomes a drawing that gives what the program gives', async () => {
    const { model, check } = await importModel(fixture(file), executor);
    expect(model.document.blocks.map(({ id }) => id).join(' ')).toBe(blocks);
    expect(check.largestDifference).toBeLessThan(1e-5 * Math.max(1, check.largestOutput));

    const { order } = drawModel((await readForeign(fixture(file))).model);
    const { inputs, outputs } = await toldOf(told);
    const size = inputs.length / 2;
    const place = (index: number) =>
      Math.floor(index / size) * size + (order?.[index % size] ?? index % size);
    const samples = new Float32Array(inputs.length);
    for (const [index, value] of inputs.entries()) samples[place(index)] = value;
    const runner = await runModel(executor, model, { batch: 2 });
    const made = await runner.reconstruct(samples);
    await runner.dispose();
    const largest = Math.max(1, ...outputs.map(Math.abs));
    const differences = outputs.map((value, index) => Math.abs((made[place(index)] ?? Number.NaN) - value));
    expect(Math.max(...differences)).toBeLessThan(1e-5 * largest);
  });

  it('is computed by our own arithmetic as by the program', async () => {
    const { model } = await readForeign(fixture(file));
    const { inputs, outputs } = await toldOf(told);
    const size = inputs.length / 2;
    const made: number[] = [];
    for (const at of [0, size]) {
      made.push(...(await runForeign(model.layers, Float64Array.from(inputs.slice(at, at + size)))));
    }
    const largest = Math.max(1, ...outputs.map(Math.abs));
    expect(
      Math.max(...outputs.map((value, index) => Math.abs((made[index] ?? Number.NaN) - value))),
    ).toBeLessThan(1e-5 * largest);
  });
});

it('keeps what twins have otherwise, and the loss', async () => {
  const { model } = await importModel(fixture('keras-dense.keras'), executor);
  expect(model.document.decoder).toEqual({ 'code′': { activation: 'tanh', useBias: false } });
  expect(model.document.output).toEqual({ activation: 'sigmoid', loss: 'mae' });
});

it('says what is drawn otherwise', async () => {
  const { notes } = await importModel(fixture('keras-odd.keras'), executor);
  expect(notes.join('\n')).toContain('folded into the weights of conv2d_transpose');
  expect(notes.join('\n')).toContain('kernel of 3×3 is drawn as one of 4×4');
  const fully = await importModel(fixture('torch-fully.onnx'), executor);
  expect(fully.notes.join('\n')).toContain('a code that hands on every value as it is was put there');
});

it('never runs code, and says where it is', async () => {
  expect(await problemsOf('keras-lambda.keras')).toEqual([
    '“doubled” (Lambda) is code of its own, which is never run.',
  ]);
});

it('says block by block what does not mirror', async () => {
  const problems = await problemsOf('keras-lopsided.h5');
  expect(problems[0]).toMatch(
    /The decoder does not mirror “dense(?:_\d+)?”: expected a dense layer from 2 to 192 values, got “dense_\d+” \(Dense, 2 to 10\)/,
  );
});
