import { afterEach, describe, expect, it } from 'vitest';
import { areaUnderRoc } from '../../shared/anomalies/roc';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import type { Dataset, SampleArray } from '../data/dataset';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { uniforms } from '../random/philox';
import { TrainingRun } from './training-run';

/** Waves of one frequency: label 0 is slow, label 1 is fast. */
function waves(count: number, labelOf: (row: number) => number): SampleArray {
  const phases = uniforms(3, 'waves', 0, count);
  const labels = Int32Array.from({ length: count }, (_, row) => labelOf(row));
  const values = Float32Array.from({ length: count * 20 }, (_, i) => {
    const row = Math.floor(i / 20);
    return 0.5 + 0.4 * Math.sin(6 * phases[row]! + (labels[row] === 1 ? 1.3 : 0.3) * (i % 20));
  });
  return { dtype: 'float32', count, shape: [20], values, labels };
}

const data: Dataset = {
  name: 'Waves',
  train: waves(200, (row) => (row % 4 === 0 ? 1 : 0)),
  test: waves(30, () => 0),
  labelNames: null,
  range: [0.1, 0.9],
  fingerprint: 'waves',
  notes: [],
};

const document: GraphDocument = {
  ...emptyDocument(),
  task: { kind: 'find-anomalies' },
  data: { kind: 'npy', path: 'waves.npy', shape: [20], filter: { include: ['0'], heldOut: 0.2 } },
  blocks: [newBlock('input', 'input'), newBlock('code', 'code', { size: 2 })],
  wires: [{ from: 'input', to: 'code' }],
  output: { activation: 'linear', loss: 'mse' },
  training: {
    ...emptyDocument().training,
    batchSize: 16,
    epochs: 30,
    learningRate: 0.01,
    validationShare: 0.1,
  },
};

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

async function trained(drawing = document) {
  const run = new TrainingRun({
    document: drawing,
    dataset: data,
    executor: await createOnnxExecutor(),
    onEvent: () => {},
  });
  open.push(run);
  expect(() => run.evaluations()).toThrow(ProblemError);
  run.start();
  return { run, ending: await run.finished, evaluations: run.evaluations() };
}

describe('what a run makes of samples it was not trained on', () => {
  it('is measured group by group, and tells anomalies from the rest', async () => {
    const { run, ending, evaluations } = await trained();
    const counts = evaluations.groups.map(({ name, errors, rows }) => [name, errors.length, rows.length]);
    expect(counts).toEqual([
      ['validation', 12, 12],
      ['heldOut', 30, 30],
      ['excluded', 50, 50],
      ['test', 30, 30],
    ]);
    if (ending.kind !== 'completed') throw new Error(ending.kind);
    const errorsOf = (name: string) => evaluations.groups.find((group) => group.name === name)?.errors ?? [];
    const expected = areaUnderRoc({ normal: errorsOf('heldOut'), anomalous: errorsOf('excluded') });
    expect(ending.anomalies).toMatchObject({ normal: 30, anomalous: 50, auc: expected });
    expect(expected).toBeGreaterThan(0.95);
    expect(ending.anomalies?.falsePositiveRate).toBeLessThanOrEqual(0.1);
    expect((await run.pca)?.auc).toBeGreaterThan(0.9);
  });

  it('can be seen: some samples of a group, by their places', async () => {
    const { evaluations } = await trained();
    const { originals, seen, reconstructions } = await evaluations.show('excluded', [3, 49]);
    expect([originals.count, reconstructions.count, seen]).toEqual([2, 2, undefined]);
    const [first] = evaluations.groups.find(({ name }) => name === 'excluded')?.rows.subarray(3) ?? [];
    const sample = data.train.values.subarray(20 * (first ?? 0), 20 * (first ?? 0) + 20);
    expect([...originals.pixels.subarray(0, 20)]).toEqual(
      Array.from(sample, (value) => Math.round(255 * value)),
    );
    await expect(evaluations.show('other', [0])).rejects.toThrow(/not been measured/);
  });

  it('gives examples of normal samples and anomalous ones, from the least error to the largest', async () => {
    const { evaluations } = await trained();
    const examples = await evaluations.examples(4);
    const group = evaluations.groups.find(({ name }) => name === 'excluded');
    const ordered = Array.from(group?.errors ?? []).sort((a, b) => a - b);
    const chosen = [6, 18, 31, 43].map((at) => group?.errors.indexOf(ordered[at] ?? Number.NaN) ?? -1);
    expect(examples?.anomalous).toEqual(await evaluations.show('excluded', chosen));
    expect(examples?.normal.originals.count).toBe(4);
  });

  it.each(['none', 'standardise'] as const)(
    'goes for another data set too, in the type and scaling (%s) that the model takes, and is refused for other shapes',
    async (scaling) => {
      const { evaluations } = await trained({
        ...document,
        data: { ...document.data, scaling },
      } as GraphDocument);
      const same = waves(10, () => 1);
      const bytes: Dataset = {
        ...data,
        test: null,
        train: {
          ...same,
          dtype: 'uint8',
          values: Uint8Array.from(same.values, (value) => Math.round(255 * value)),
        },
      };
      const measured = await evaluations.measureOther(bytes, async () => true);
      const exact = await evaluations.measureOther({ ...data, test: null, train: same }, async () => true);
      // Bytes round what they hold.
      expect((measured?.metrics.mse ?? 0) / (exact?.metrics.mse ?? 1)).toBeCloseTo(1, 2);
      expect(evaluations.groups.filter(({ name }) => name === 'other')).toHaveLength(1);
      expect(await evaluations.measureOther(data, async () => false)).toBeNull();
      const picture = { ...data, test: null, train: { ...same, shape: [4, 5, 1] } };
      await expect(evaluations.measureOther(picture, async () => true)).rejects.toThrow(/4×5×1.*20/);
    },
  );
});

describe('the codes of a run', () => {
  it('decode to what the whole network makes of their samples', async () => {
    const { run } = await trained();
    const { size, codes } = await run.codeSnapshot();
    expect([size, codes.length]).toEqual([2, 24]);
    const decoded = await run.decode(codes);
    expect(decoded.count).toBe(12);
    // The first 12 of the watched samples are the validation samples.
    const { pixels } = (await run.reconstructions()).reconstructions;
    expect([...decoded.pixels]).toEqual([...pixels.subarray(0, 12 * 20)]);
    const one = await run.decode(codes.subarray(2, 4));
    expect([...one.pixels]).toEqual([...decoded.pixels.subarray(20, 40)]);
  });

  it('are told to those who watch: after epochs, and at the end by the last weights', async () => {
    const run = new TrainingRun({
      document: { ...document, training: { ...document.training, epochs: 6 } },
      dataset: data,
      executor: await createOnnxExecutor(),
      onEvent: () => {},
    });
    open.push(run);
    const steps: number[] = [];
    const unwatch = run.watchCodes(({ step, size, codes }) => {
      steps.push(step);
      expect([size, codes.length]).toEqual([2, 24]);
    });
    await expect(run.codeSnapshot()).rejects.toThrow(/no weights yet/);
    run.start();
    const { step } = await run.finished;
    unwatch();
    expect(steps.at(-1)).toBe(step);
    expect(steps.length).toBeGreaterThan(1);
    expect(new Set(steps).size).toBe(steps.length);
    const now = await run.codeSnapshot();
    expect(run.latestCodes).toBe(now);
    expect([run.shownCodes.total, run.shownCodes.problem]).toEqual([12, null]);
    expect(run.shownCodes.labels?.numbers).toHaveLength(12);
    expect(new Set(run.shownCodes.labels?.numbers)).toEqual(new Set([0]));
    const { originals, reconstructions } = await run.codeSamples([11, 3]);
    expect([originals.count, reconstructions.count]).toEqual([2, 2]);
    const shown = (await run.reconstructions()).originals.pixels.subarray(20 * 11, 20 * 12);
    expect([...originals.pixels.subarray(0, 20)]).toEqual([...shown]);
  });

  it('decode one by one as they do many at a time', async () => {
    const { run } = await trained();
    const { codes } = await run.codeSnapshot();
    const many = Float32Array.from({ length: 80 }, (_, at) => codes[at % codes.length] ?? 0);
    const all = await run.decode(many);
    expect(all.count).toBe(40);
    const last = await run.decode(many.subarray(78));
    expect([...all.pixels.subarray(39 * 20)]).toEqual([...last.pixels]);
  });

  it('say why they can’t be decoded where skips bring the decoder more', async () => {
    const drawing: GraphDocument = {
      ...document,
      blocks: [
        newBlock('input', 'input'),
        newBlock('dense', 'dense', { units: 5 }),
        newBlock('code', 'code', { size: 2 }),
      ],
      wires: [
        { from: 'input', to: 'dense' },
        { from: 'dense', to: 'code' },
      ],
      skips: { dense: 'add' },
    };
    const { run } = await trained(drawing);
    expect(run.shownCodes.problem).toMatch(/skips/);
    expect((await run.codeSnapshot()).codes).toHaveLength(24);
    await expect(run.decode(new Float32Array(2))).rejects.toThrow(/skips/);
  });
});
