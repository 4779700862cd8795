import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../../shared/document/new-document';
import { ProblemError } from '../../../shared/errors/problem';
import { compile } from '../../compile/compile';
import type { CompileOptions } from '../../compile/compile-options';
import { convPlan, densePlan, noisyPlan, planOf } from '../../compile/fixtures/plans';
import { initialState } from '../../compile/initial-state';
import type { Executor, LoadOptions, ModelSession, Tensor } from '../executor';
import { createOnnxExecutor } from './onnx-executor';
import { paysToDivide } from './pays-to-divide';

const COUNT = 300;
/** Odd, so that no two parts need be of the same size. */
const BATCH = 131;
const SAMPLE = [8, 12, 2];
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const plan = convPlan();
const compiling = (parts: number): CompileOptions => ({
  sample: { dtype: 'float32' },
  dataCount: COUNT,
  batchSize: BATCH,
  // Of less than two parts' size, and so not divided.
  remainder: 38,
  evaluationBatch: 97,
  reconstructBatch: 5,
  parts,
  partsApart: true,
  optimizer: adam,
});
const data: Tensor = {
  dtype: 'float32',
  shape: [COUNT, ...SAMPLE],
  data: Float32Array.from({ length: COUNT * 192 }, (_, i) => ((i * 7919) % 251) / 251),
};
const rowsFrom = (first: number, length: number): Tensor => ({
  dtype: 'int32',
  shape: [length],
  data: Int32Array.from({ length }, (_, i) => (first + i * 7) % COUNT),
});
const learningRate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(3e-3) };

/** Steps with batches of both sizes, and then an evaluation of both kinds. */
async function train(session: ModelSession, steps: number) {
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const isLast = step % 4 === 3;
    const indices = rowsFrom(step * 31, isLast ? 38 : BATCH);
    const key = { seed: 2, purpose: 'training', step };
    const ran = await session.run(isLast ? 'step-remainder' : 'step', { indices, learningRate }, key);
    expect(ran.finite).toBe(true);
    losses.push(ran.outputs.loss?.data[0] ?? Number.NaN);
  }
  const { outputs } = await session.run('evaluate', { indices: rowsFrom(5, 97) });
  const batch: Tensor = {
    dtype: 'float32',
    shape: [97, ...SAMPLE],
    data: Float32Array.from(rowsFrom(5, 97).data).reduce(
      (all, row, i) => {
        all.set(data.data.subarray(row * 192, (row + 1) * 192), i * 192);
        return all;
      },
      new Float32Array(97 * 192),
    ),
  };
  const { outputs: fed } = await session.run('evaluate-batch', { batch });
  return { losses, outputs, fed, state: await session.state() };
}

const farthest = (a: ArrayLike<number> = [], b: ArrayLike<number> = []) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? Number.NaN))), 0);
};

/** How many threads this process has; null where that can't be told. */
const threadCount = async () =>
  process.platform === 'linux' ? (await readdir('/proc/self/task')).length : null;

const problemOf = async (work: Promise<unknown>) => {
  const failure = await work.catch((error: unknown) => error);
  if (!(failure instanceof ProblemError)) throw new Error(`Expected a ProblemError, got ${failure}`);
  return failure.problems[0];
};

describe.skipIf(process.platform === 'win32')('a batch divided among threads', () => {
  let folder = '';
  let executor: Executor;
  // The built worker finds ONNX Runtime's package only from inside the repository.
  beforeAll(async () => {
    const cache = join(import.meta.dirname, '../../../.cache');
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'onnx-worker-'));
    await build({
      entryPoints: [join(import.meta.dirname, 'onnx-worker.ts')],
      outfile: join(folder, 'onnx-worker.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
    });
    executor = await createOnnxExecutor({ workerUrl: pathToFileURL(join(folder, 'onnx-worker.mjs')) });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const open = (parts: number, options: LoadOptions = { threads: parts }, from = executor, of = plan) =>
    from.load(compile(of, compiling(parts)), initialState(of, adam, 3), { data, ...options });

  /** An executor whose worker is this program. */
  async function withWorker(name: string, source: string): Promise<Executor> {
    const path = join(folder, `${name}.mjs`);
    await writeFile(path, source);
    return createOnnxExecutor({ workerUrl: pathToFileURL(path) });
  }

  it('is divided where convolutions make up for handing over the gradients', () => {
    expect(executor).toMatchObject({ parts: executor.describe().threads, partsApart: true });
    expect(paysToDivide(compile(plan, compiling(2)))).toBe(true);
    expect(paysToDivide(compile(densePlan(), compiling(2)))).toBe(false);
    expect(paysToDivide(compile(plan, { ...compiling(2), batchSize: 4, remainder: 0 }))).toBe(false);
  });

  it.each([2, 3])('trains in %i parts as a whole one, and repeats bit for bit', async (parts) => {
    const sessions = [await open(1), await open(parts), await open(parts)] as const;
    const [whole, divided, again] = await Promise.all(sessions.map((session) => train(session, 20)));
    if (!whole || !divided || !again) throw new Error('A run is missing');
    expect(divided.losses.at(-1)).toBeLessThan(divided.losses[0] ?? 0);
    divided.losses.forEach((loss, i) => {
      expect(loss / (whole.losses[i] ?? Number.NaN)).toBeCloseTo(1, 4);
    });
    for (const of of ['mse', 'loss']) {
      expect(farthest(divided.outputs[of]?.data, whole.outputs[of]?.data)).toBeLessThan(1e-4);
      expect(divided.outputs[of]?.data).toEqual(divided.fed[of]?.data);
    }
    for (const [name, { data }] of divided.state) {
      expect(farthest(data, whole.state.get(name)?.data), name).toBeLessThan(2e-3);
    }
    expect(again).toEqual(divided);
    for (const session of sessions) await session.dispose();
  });

  it('gives each part the random numbers of its own samples', async () => {
    const noisy = noisyPlan();
    expect(paysToDivide(compile(noisy, compiling(2)))).toBe(true);
    const sessions = [await open(1, undefined, executor, noisy), await open(3, undefined, executor, noisy)];
    const [whole, divided] = await Promise.all(sessions.map((session) => train(session, 12)));
    divided?.losses.forEach((loss, i) => {
      expect(loss / (whole?.losses[i] ?? Number.NaN)).toBeCloseTo(1, 4);
    });
    for (const session of sessions) await session.dispose();
  });

  it('moves, flips and turns each part of the samples as the whole would', async () => {
    const augmentation = { shift: 2, flip: 'both', rotate: 20 } as const;
    const state = initialState(plan, adam, 3);
    const [whole, divided] = await Promise.all(
      [1, 3].map(async (parts) => {
        const set = compile(plan, { ...compiling(parts), augmentation });
        const session = await executor.load(set, state, { data, threads: parts });
        const trained = await train(session, 12);
        await session.dispose();
        return trained;
      }),
    );
    divided?.losses.forEach((loss, i) => {
      expect(loss / (whole?.losses[i] ?? Number.NaN)).toBeCloseTo(1, 4);
    });
  });

  it('trains convolutions in groups as a whole one does', async () => {
    const grouped = planOf(
      [8, 12, 2],
      [
        newBlock('conv', 'conv-1', { filters: 8, stride: 2, groups: 2 }),
        newBlock('conv', 'conv-2', { filters: 8, groups: 8, dilation: 2 }),
        newBlock('code', 'code', { size: 5 }),
      ],
    );
    const sessions = [
      await open(1, undefined, executor, grouped),
      await open(3, undefined, executor, grouped),
    ];
    const [whole, divided] = await Promise.all(sessions.map((session) => train(session, 12)));
    divided?.losses.forEach((loss, i) => {
      expect(loss / (whole?.losses[i] ?? Number.NaN)).toBeCloseTo(1, 4);
    });
    for (const session of sessions) await session.dispose();
  });

  it('goes on from a state that is put in', async () => {
    const session = await open(2);
    await train(session, 3);
    const middle = await session.state();
    const first = await train(session, 5);
    await session.setState(middle);
    expect(await train(session, 5)).toEqual(first);
    await session.dispose();
  });

  it('changes nothing where any part is not finite, and goes on afterwards', async () => {
    const bad = { ...data, data: Float32Array.from(data.data) };
    bad.data[299 * 192] = Number.NaN;
    const session = await open(2, { data: bad, threads: 2 });
    for (const place of [0, BATCH - 1]) {
      const before = await session.state();
      const indices = rowsFrom(0, BATCH);
      indices.data[place] = 299;
      const stopped = await session.run('step', { indices, learningRate });
      expect(stopped.finite).toBe(false);
      expect(stopped.outputs.loss?.data[0]).toBeNaN();
      expect(await session.state()).toEqual(before);
      indices.data[place] = 0;
      expect((await session.run('step', { indices, learningRate })).finite).toBe(true);
      expect(await session.state()).not.toEqual(before);
    }
    await session.dispose();
  });

  it('names the row that the data do not have, and goes on afterwards', async () => {
    const session = await open(2);
    const indices = rowsFrom(0, BATCH);
    indices.data[BATCH - 1] = COUNT;
    const failure = await problemOf(session.run('step', { indices, learningRate }));
    expect(failure).toMatchObject({ code: 'ENGINE_FAILED', where: { nodeId: 'input' } });
    expect(failure.message).toContain('no row 300');
    indices.data[BATCH - 1] = 0;
    expect((await session.run('step', { indices, learningRate })).finite).toBe(true);
    await session.dispose();
  });

  it.runIf(process.platform === 'linux')(
    'starts no thread where one is asked for, and leaves none',
    async () => {
      const before = (await threadCount()) ?? 0;
      const single = await open(2, { threads: 1 });
      expect(await threadCount()).toBe(before);
      const double = await open(2, { threads: 2 });
      expect(await threadCount()).toBeGreaterThan(before);
      await train(double, 1);
      await single.dispose();
      await double.dispose();
      expect(await threadCount()).toBe(before);
    },
  );

  it('fails with a Problem where a thread ends in the middle of a run', async () => {
    const ready = `import { parentPort } from 'node:worker_threads';
      parentPort.postMessage({ kind: 'ready' });
      setTimeout(() => process.exit(7), 50);`;
    const session = await open(2, { threads: 2 }, await withWorker('leaves', ready));
    const indices = rowsFrom(0, BATCH);
    for (let i = 0; i < 2; i++) {
      const failure = await problemOf(session.run('step', { indices, learningRate }));
      expect(failure).toMatchObject({ code: 'ENGINE_FAILED' });
      expect(failure.message).toContain('exit code 7');
    }
    await session.dispose();
  });

  it.each([
    ['ends at once', 'process.exit(3);', 'exit code 3'],
    ['throws', "throw new Error('No memory is left');", 'No memory is left'],
  ])('refuses to open where a thread %s', async (name, source, said) => {
    const broken = await withWorker(name.replaceAll(' ', '-'), source);
    const failure = await problemOf(open(2, { threads: 2 }, broken));
    expect(failure).toMatchObject({ code: 'ENGINE_REFUSED' });
    expect(failure.message).toContain(said);
  });
});
