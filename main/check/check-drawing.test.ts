import { beforeAll, describe, expect, it } from 'vitest';
import { fixesOf } from '../../shared/document/fixes';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import type { Dataset } from '../data/dataset';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { checkDrawing } from './check-drawing';

const COUNT = 64;
const VALUES = 12;
const go = async () => true;

const document: GraphDocument = {
  ...emptyDocument(),
  data: { kind: 'npy', path: 'samples.npy', shape: [VALUES] },
  blocks: [
    newBlock('input', 'input'),
    newBlock('dense', 'dense-1', { units: 6, activation: 'relu' }),
    newBlock('code', 'code', { size: 2, activation: 'linear' }),
  ],
  wires: [
    { from: 'input', to: 'dense-1' },
    { from: 'dense-1', to: 'code' },
  ],
  output: { activation: 'linear', loss: 'mse' },
  training: { ...emptyDocument().training, batchSize: 32, epochs: 7, validationShare: 0 },
};

function samples(value: (uniform: number) => number): Dataset {
  const values = Float32Array.from(uniforms(1, 'samples', 0, COUNT * VALUES), value);
  return {
    name: 'samples',
    train: { dtype: 'float32', count: COUNT, shape: [VALUES], values, labels: null },
    test: null,
    labelNames: null,
    range: [Math.min(...values), Math.max(...values)],
    fingerprint: 'samples',
    notes: [],
  };
}

describe.each(enginesHere('the check before a run'))('the check before a run, %s', (name, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it('tells what a run takes: time, memory, parameters', async () => {
    const checked = await checkDrawing(
      document,
      samples((u) => u - 0.5),
      executor,
      go,
    );
    expect(checked).toMatchObject({ engine: name, epochs: 7, problems: [] });
    // Dense 12–6, code 6–2, and back, each with a bias.
    expect(checked?.parameters).toBe(12 * 6 + 6 + (6 * 2 + 2) + (2 * 6 + 6) + (6 * 12 + 12));
    expect(checked?.secondsPerEpoch).toBeGreaterThan(0);
    expect(checked?.secondsPerEpoch).toBeLessThan(5);
    // The data, and at least weights, gradients and Adam's two moments.
    expect(checked?.bytes).toBeGreaterThan(4 * (COUNT * VALUES + 4 * (checked?.parameters ?? 0)));
  });

  it('times validation and the last, smaller batch too, and each stage of pre-training by itself', async () => {
    const many = samples((u) => u - 0.5);
    const counts = new Map<string, number>();
    const counting: Executor = {
      parts: executor.parts,
      partsApart: executor.partsApart,
      describe: () => executor.describe(),
      async load(...params) {
        const session = await executor.load(...params);
        return {
          run(program, ...rest) {
            counts.set(program, (counts.get(program) ?? 0) + 1);
            return session.run(program, ...rest);
          },
          state: (names) => session.state(names),
          setState: (state) => session.setState(state),
          dispose: () => session.dispose(),
        };
      },
    };
    const training = {
      ...document.training,
      batchSize: 20,
      validationShare: 0.25,
      pretraining: { epochs: 3 },
    };
    const checked = await checkDrawing({ ...document, training }, many, counting, go);
    // 48 samples are trained on: two whole batches of 20, and one of 8.
    for (const program of ['step', 'step-remainder', 'evaluate']) {
      for (const stage of ['', 'stage-1/', 'stage-2/']) {
        expect(counts.get(`${stage}${program}`), `${stage}${program}`).toBeGreaterThan(1);
      }
    }
    expect(checked?.stages).toEqual([
      { block: 'dense-1', epochs: 3, secondsPerEpoch: expect.any(Number) },
      { block: 'code', epochs: 3, secondsPerEpoch: expect.any(Number) },
    ]);
    expect(checked?.epochs).toBe(7);
  });

  it('warns where memory is short, takes no step then, and tells a batch that fits', async () => {
    const whole = samples((u) => u - 0.5);
    const usual = await checkDrawing(document, whole, executor, go);
    const machine = { total: 1e12, free: (usual?.bytes ?? 0) - whole.train.values.byteLength - 1 };
    const checked = await checkDrawing(document, whole, executor, go, machine);
    expect(checked?.secondsPerEpoch).toBeNull();
    const found = checked?.problems.find(({ code }) => code === 'MEMORY_SHORT');
    expect(found).toMatchObject({ severity: 'warning', where: { path: 'training.batchSize' } });
    const [fix] = found ? fixesOf(found) : [];
    const mended = fix && (await checkDrawing(fix.apply(document), whole, executor, go, machine));
    expect(mended?.problems).toEqual([]);
    expect(mended?.secondsPerEpoch).toBeGreaterThan(0);
    expect(mended?.bytes).toBeLessThan(usual?.bytes ?? 0);
    // Where not even one sample fits, no batch is told.
    const [short] =
      (await checkDrawing(document, whole, executor, go, { total: 1e12, free: 1 }))?.problems ?? [];
    expect(short?.code).toBe('MEMORY_SHORT');
    expect(short && fixesOf(short)).toEqual([]);
  });

  it('refuses what this machine has not memory for', async () => {
    const whole = samples((u) => u - 0.5);
    const checking = checkDrawing(document, whole, executor, go, { total: 4096, free: 4096 });
    await expect(checking).rejects.toMatchObject({ problems: [{ code: 'MEMORY_LACKING' }] });
  });

  it('finds ReLUs that nothing gets through to', async () => {
    const checked = await checkDrawing(
      document,
      samples(() => 0),
      executor,
      go,
    );
    const silent = checked?.problems.filter(({ code }) => code === 'UNITS_SILENT') ?? [];
    expect(silent.map(({ where }) => where)).toEqual([
      { nodeId: 'dense-1', param: 'activation' },
      { nodeId: 'code′', param: 'activation' },
    ]);
    expect(silent[0]).toMatchObject({ severity: 'warning', message: /6 of the 6 units of dense-1/ });
  });

  it('takes no unit for dead that one sample happens to silence', async () => {
    for (const seed of [0, 1, 2, 3]) {
      const alone: GraphDocument = { ...document, training: { ...document.training, batchSize: 1, seed } };
      const checked = await checkDrawing(
        alone,
        samples((u) => u - 0.5),
        executor,
        go,
      );
      expect(checked?.problems).toEqual([]);
    }
  });

  it('tells what a run would warn of, and refuses what it would refuse', async () => {
    const far = samples((u) => 5 * u - 1);
    const sigmoid: GraphDocument = { ...document, output: { activation: 'sigmoid', loss: 'mse' } };
    const checked = await checkDrawing(sigmoid, far, executor, go);
    expect(checked?.problems.map(({ code }) => code)).toEqual(['OUTPUT_OUT_OF_REACH']);
    const bce: GraphDocument = { ...document, output: { activation: 'sigmoid', loss: 'bce' } };
    await expect(checkDrawing(bce, far, executor, go)).rejects.toBeInstanceOf(ProblemError);
  });

  it('ends when it is called off', async () => {
    let asked = 0;
    expect(
      await checkDrawing(
        document,
        samples((u) => u),
        executor,
        async () => ++asked < 4,
      ),
    ).toBeNull();
    expect(asked).toBe(4);
  });
});
