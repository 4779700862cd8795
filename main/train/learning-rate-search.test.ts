import { beforeAll, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/new-document';
import { planDocument } from '../../shared/plan/plan-document';
import { valueCount } from '../../shared/tensors/shape';
import { weightState } from '../compile/weight-state';
import { openDataset } from '../data/open-dataset';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import type { WeightsOrigin } from '../models/starting-point';
import { findLearningRate } from './learning-rate-search';
import { suggestedRate } from './rate-suggestion';

const fresh = newDocument();
const document = {
  ...fresh,
  data: { kind: 'builtin', name: 'digits-and-shapes', count: 500, shape: [28, 28, 1] } as const,
  training: { ...fresh.training, batchSize: 64 },
};

describe.each(enginesHere('the search for a learning rate'))(
  'the search for a learning rate, %s',
  (_, create) => {
    let executor: Executor;
    beforeAll(async () => {
      executor = await create();
    });

    it('raises the rate evenly until the loss is far above its best, suggests one where it fell, and repeats', async () => {
      const dataset = await openDataset(document.data, null);
      const find = () => findLearningRate(document, dataset, executor, async () => true);
      const found = await find();
      const points = found?.points ?? [];
      expect(points.length).toBeGreaterThan(60);
      expect(points.length).toBeLessThanOrEqual(100);
      expect(points[0]?.rate).toBe(1e-6);
      for (const [i, { rate }] of points.entries())
        expect(rate / 10 ** (-6 + (6 * i) / 99)).toBeCloseTo(1, 9);
      const best = Math.min(...points.map(({ smoothed }) => smoothed));
      expect(best).toBeLessThan(0.9 * (points[0]?.smoothed ?? 0));
      for (const { smoothed } of points.slice(0, -1)) expect(smoothed).toBeLessThanOrEqual(4 * best);
      expect(found?.suggestion).toBeGreaterThan(1e-4);
      expect(found?.suggestion).toBeLessThan(0.1);
      expect(await find()).toEqual(found);
    });

    it('sets out from the weights that a run is to begin with', async () => {
      const dataset = await openDataset(document.data, null);
      const { plan } = planDocument(document);
      if (!plan) throw new Error('no plan');
      // All of them 0, every value comes out as ½, and the binary cross-entropy of ½ is ln 2 whatever the target.
      const weights = new Map(
        weightState(plan).map(({ name, shape }) => {
          const data = new Float32Array(valueCount(shape));
          return [name, { dtype: 'float32', shape, data }] as const;
        }),
      );
      const first = async (...origin: [WeightsOrigin?]) =>
        (await findLearningRate(document, dataset, executor, async () => true, ...origin))?.points[0]?.loss;
      expect(await first({ own: { plan, weights } })).toBeCloseTo(Math.LN2, 4);
      expect(await first()).not.toBeCloseTo(Math.LN2, 4);
    });

    it('ends when it is called off', async () => {
      const dataset = await openDataset(document.data, null);
      let asked = 0;
      expect(await findLearningRate(document, dataset, executor, async () => ++asked < 5)).toBeNull();
      expect(asked).toBe(5);
    });
  },
);

describe('the suggested rate', () => {
  const points = (losses: readonly number[]) =>
    losses.map((loss, i) => ({ rate: 10 ** (i - 6), loss, smoothed: loss }));
  it('is where the loss falls most steeply, before it is at its best', () => {
    expect(suggestedRate(points([1, 1, 0.95, 0.6, 0.5, 0.49, 3]))).toBe(1e-3);
  });
  it('is none where the loss only rises', () => {
    expect(suggestedRate(points([1, 1.1, 1.2]))).toBeNull();
    expect(suggestedRate([])).toBeNull();
  });
});
