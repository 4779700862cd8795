import { expect, it } from 'vitest';
import { historyFrom } from './kept-history';

const text = (losses: number[], lossSteps?: number[]) =>
  JSON.stringify({ epochs: [], losses, ...(lossSteps && { lossSteps }) });

it('thins losses to 2,000 means of neighbours', () => {
  const { losses, pca } = historyFrom(text(Array.from({ length: 10_000 }, (_, step) => step)));
  expect(losses).toHaveLength(2000);
  expect(losses[0]).toEqual({ step: 5, loss: 2 });
  expect(losses.at(-1)).toEqual({ step: 10_000, loss: 9997 });
  expect(pca).toBeNull();
});

it('weighs losses that stand for several steps', () => {
  const many = Array.from({ length: 4000 }, () => 1);
  const steps = many.map((_, index) => (index === 0 ? 3 : index + 3));
  const { losses } = historyFrom(text([5, ...many.slice(1)], steps));
  expect(losses[0]).toEqual({ step: 4, loss: (3 * 5 + 1) / 4 });
});

it('refuses what is no history', () => {
  for (const bad of ['', '[]', '{"epochs":[]}', '{"epochs":[],"losses":["x"]}'])
    expect(() => historyFrom(bad)).toThrow();
});
