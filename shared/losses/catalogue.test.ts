import { describe, expect, it } from 'vitest';
import { losses } from './catalogue';
import type { LossOps } from './loss';

/** Lowers to plain arithmetic, for samples of one value. */
const arithmetic: LossOps<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  abs: Math.abs,
  clip: (x, min, max) => Math.min(Math.max(x, min), max),
  constant: (value) => value,
  sumOfSample: (x) => x,
  windowMeans() {
    throw new Error('One value has no windows.');
  },
  crossEntropy: (p, t) => -t * Math.log(p) - (1 - t) * Math.log(1 - p),
};

/** Those that need no picture; the engines' own tests compare every one. */
const ofAnySample = losses.filter((loss) => loss.problems('sigmoid', 'output', [1]).length === 0);

describe.each(ofAnySample)('$type', (loss) => {
  const of = (prediction: number, target: number) => loss.of([prediction], [target], [1]);

  it('is the same whichever way it is computed', () => {
    for (const prediction of [0.001, 0.3, 0.7, 0.999])
      for (const target of [0, 0.25, 0.5, 1])
        expect(loss.lower(arithmetic, prediction, target)).toBeCloseTo(of(prediction, target), 9);
  });

  it('is never less than at the target itself', () => {
    for (const target of [0.1, 0.5, 0.9])
      for (const prediction of [0.05, 0.4, 0.95])
        expect(of(prediction, target)).toBeGreaterThanOrEqual(of(target, target) - 1e-9);
  });
});

describe.each(losses)('$type', (loss) => {
  it('has a label, a brief one and a sentence', () => {
    expect(loss.label.length).toBeGreaterThan(loss.brief.length);
    expect(loss.brief.length).toBeLessThanOrEqual(6);
    expect(loss.help).toMatch(/\.$/);
  });
});

it('Huber is half the square of small errors and straight beyond 1', () => {
  const huber = losses.find(({ type }) => type === 'huber');
  expect([0.5, 1, 3, -3].map((error) => huber?.of([error], [0], [1]))).toEqual([0.125, 0.5, 2.5, 2.5]);
});

it('each type is there once', () => {
  expect(new Set(losses.map(({ type }) => type)).size).toBe(losses.length);
});
