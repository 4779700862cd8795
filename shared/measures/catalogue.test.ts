import { describe, expect, it } from 'vitest';
import { measures } from './catalogue';
import { MeasureTally } from './measure-tally';

/** The same numbers in any language: the fraction of a large sine. */
function numbers(seed: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 * seed) * 43758.5453;
    return x - Math.floor(x);
  });
}

function pair(shape: readonly number[], seed: number) {
  const count = shape.reduce((a, b) => a * b, 1);
  const target = numbers(seed, count);
  const noise = numbers(seed + 3, count);
  const prediction = target.map((value, i) =>
    Math.min(1, Math.max(0, value + 0.3 * ((noise[i] ?? 0) - 0.5))),
  );
  return { target, prediction };
}

describe('measures', () => {
  // `tf.image.ssim`, `tf.image.psnr` and NumPy's means, TensorFlow 2.21.
  it.each([
    {
      shape: [16, 12, 1],
      seed: 1,
      mse: 0.00716707,
      mae: 0.0723997,
      psnr: 21.44658,
      ssim: 0.966209,
      chroma: 0,
    },
    {
      shape: [11, 11, 3],
      seed: 2,
      mse: 0.00674023,
      mae: 0.0692535,
      psnr: 21.71325,
      ssim: 0.961168,
      chroma: 0.00547296,
    },
  ])('are TensorFlow’s on $shape', ({ shape, seed, ...expected }) => {
    const { target, prediction } = pair(shape, seed);
    for (const measure of measures.filter((each) => each.appliesTo(shape)))
      expect(measure.of(prediction, target, shape, 1)).toBeCloseTo(expected[measure.type], 4);
  });

  it('are at their best where the target comes back, whatever the scale', () => {
    const { target } = pair([12, 11, 3], 5);
    const best = { mse: 0, mae: 0, psnr: 100, ssim: 1, chroma: 0 };
    for (const scale of [1, 255]) {
      const values = target.map((value) => value * scale);
      for (const measure of measures)
        expect(measure.of(values, values, [12, 11, 3], scale)).toBeCloseTo(best[measure.type], 9);
    }
  });

  it('are of the same pictures the same in another scale, where the peak says so', () => {
    const { target, prediction } = pair([12, 12, 1], 4);
    const times = (values: number[]) => values.map((value) => value * 255);
    for (const measure of measures.filter(({ type }) => type === 'psnr' || type === 'ssim'))
      expect(measure.of(times(prediction), times(target), [12, 12, 1], 255)).toBeCloseTo(
        measure.of(prediction, target, [12, 12, 1], 1),
        9,
      );
  });

  it('say whom they apply to', () => {
    const applying = (shape: number[]) => measures.filter((m) => m.appliesTo(shape)).map(({ type }) => type);
    expect(applying([784])).toEqual(['mse', 'mae', 'psnr']);
    expect(applying([10, 28, 1])).toEqual(['mse', 'mae', 'psnr']);
    expect(applying([11, 11, 3])).toEqual(['mse', 'mae', 'psnr', 'ssim', 'chroma']);
  });
});

describe('MeasureTally', () => {
  it('means over samples, and keeps the error of each', () => {
    const tally = new MeasureTally([2], 1);
    tally.add([0, 0], [0.1, 0.3]);
    tally.add([1, 1], [1, 0.5]);
    expect(Object.keys(tally.mean())).toEqual(['mse', 'mae', 'psnr']);
    expect(tally.mean().mse).toBeCloseTo((0.05 + 0.125) / 2);
    expect(tally.mean().mae).toBeCloseTo((0.2 + 0.25) / 2);
    expect(tally.errors.map((error) => Number(error.toFixed(6)))).toEqual([0.05, 0.125]);
  });

  it('means nothing where there was no sample', () => {
    expect(() => new MeasureTally([2], 1).mean()).toThrow(/no sample/);
  });
});
