import { beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import { meanSquaredError } from '../../shared/measures/mse';
import type { Executor, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { expectTrueSlope, openOn, randomSamples, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';

const COUNT = 6;
const SHAPE = [5, 4, 3];
const PIXELS = 20;

const plan = planOf(
  SHAPE,
  [
    newBlock('conv', 'conv-1', { filters: 4, activation: 'tanh' }),
    newBlock('max-pool', 'pool'),
    newBlock('code', 'code', { size: 6, activation: 'tanh' }),
  ],
  { activation: 'sigmoid', loss: 'mse' },
  { kind: 'colour', space: 'lab' },
);
const samples = randomSamples(COUNT, SHAPE);

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** CIE's lightness L* of every pixel, by the formulas once more. */
function lightness(pixels: ArrayLike<number>, channels: number): number[] {
  return Array.from({ length: pixels.length / channels }, (_, at) => {
    const of = (channel: number) => linear(pixels[at * channels + (channels === 1 ? 0 : channel)] ?? 0);
    const y = 0.2126 * of(0) + 0.7152 * of(1) + 0.0722 * of(2);
    return y > (6 / 29) ** 3 ? 116 * Math.cbrt(y) - 16 : (29 / 3) ** 3 * y;
  });
}

const farthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? Number.NaN))));

describe.each(enginesHere('colours with lightness kept'))(
  'colours with lightness kept, on %s',
  (_, create) => {
    let executor: Executor;
    beforeAll(async () => {
      executor = await create();
    });

    it('are those of two channels, put onto the lightness that was seen', async () => {
      expect(plan.targetShape).toEqual([5, 4, 2]);
      const session = await openOn(samples, executor, plan);
      const { outputs } = await session.run('evaluate-batch', { batch: samples });
      expect(outputs.seen?.shape).toEqual([COUNT, 5, 4, 1]);
      expect(outputs.reconstructions?.shape).toEqual([COUNT, ...SHAPE]);
      const made = outputs.reconstructions?.data ?? [];
      const truth = lightness(samples.data, 3);
      expect(farthest(lightness(outputs.seen?.data ?? [], 1), truth)).toBeLessThan(0.02);
      expect(farthest(lightness(made, 3), truth)).toBeLessThan(0.02);
      // A grey pixel has as much red as green; a network that is hardly trained gives hardly any colour, but some.
      expect(new Set(Array.from(made).map((value) => value.toFixed(4))).size).toBeGreaterThan(PIXELS);
      const mse = Array.from({ length: COUNT }, (_, i) =>
        meanSquaredError(
          Float32Array.from(made).subarray(i * 60, i * 60 + 60),
          Float32Array.from(samples.data).subarray(i * 60, i * 60 + 60),
        ),
      );
      expect(farthest(mse, Array.from(outputs.mse?.data ?? []))).toBeLessThan(1e-6);
      const alone = await session.run('reconstruct', { batch: samples });
      expect(farthest(Array.from(alone.outputs.reconstructions?.data ?? []), Array.from(made))).toBeLessThan(
        1e-6,
      );
      await session.dispose();
    });

    it('are learnt, by true gradients', async () => {
      const session = await openOn(samples, executor, plan);
      const step = async (rate: number) => (await stepOn(session, COUNT, rate)).loss ?? Number.NaN;
      for (const weight of ['conv-1/kernel', 'conv-1′/kernel', 'code/kernel']) {
        const fresh = await openOn(samples, executor, plan);
        await expectTrueSlope(
          fresh,
          plan,
          weight,
          async (rate) => (await stepOn(fresh, COUNT, rate)).loss ?? 0,
        );
        await fresh.dispose();
      }
      const first = await step(5);
      for (let i = 0; i < 60; i++) await step(5);
      expect(await step(0)).toBeLessThan(0.8 * first);
      await session.dispose();
    });
  },
);

it('both engines give the same, to 1e-4', async () => {
  const made: Tensor[] = [];
  for (const [, create] of enginesHere('colours with lightness kept')) {
    const session = await openOn(samples, await create(), plan);
    const { outputs } = await session.run('evaluate-batch', { batch: samples });
    if (outputs.reconstructions) made.push(outputs.reconstructions);
    await session.dispose();
  }
  const [one, other = one] = made.map(({ data }) => Array.from(data));
  expect(farthest(one ?? [Number.NaN], other ?? [])).toBeLessThan(1e-4);
});
