import { expect, it } from 'vitest';
import { termCurves } from './term-curves';

it('puts each term where its epoch ended, in training and, where it is told, in validation', () => {
  const epoch = (number: number, step: number, mse: number, ssim: number) => ({
    ...{ epoch: number, step, trainLoss: mse + ssim },
    terms: { mse, ssim, weights: 0.1 },
    validation: { mse: 1, loss: 2 * (mse + ssim), terms: { mse: 2 * mse, ssim: 2 * ssim } },
  });
  const curves = termCurves({ epochs: [epoch(1, 2, 3, 1), epoch(2, 4, 2, 0.5)] }, [1, 2, 3, 4]);
  expect(curves).toEqual([
    { term: 'mse', training: [null, 3, null, 2], validation: [null, 6, null, 4] },
    { term: 'ssim', training: [null, 1, null, 0.5], validation: [null, 2, null, 1] },
    { term: 'weights', training: [null, 0.1, null, 0.1], validation: [null, null, null, null] },
  ]);
  expect(termCurves(null, [])).toEqual([]);
  expect(termCurves({ epochs: [{ epoch: 1, step: 2, trainLoss: 1, validation: null }] }, [1, 2])).toEqual([]);
});
