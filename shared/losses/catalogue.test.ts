import { describe, expect, it } from 'vitest';
import { losses } from './catalogue';
import type { LossOps } from './loss';

/** Lowers to plain arithmetic. */
const arithmetic: LossOps<number> = {
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  square: (x) => x * x,
  abs: Math.abs,
  clip: (x, min, max) => Math.min(Math.max(x, min), max),
  constant: (value) => value,
  crossEntropy: (p, t) => -t * Math.log(p) - (1 - t) * Math.log(1 - p),
};

describe.each(losses)('$type', (loss) => {
  it('is the same whichever way it is computed', () => {
    for (const prediction of [0.001, 0.3, 0.7, 0.999])
      for (const target of [0, 0.25, 0.5, 1])
        expect(loss.lower(arithmetic, prediction, target)).toBeCloseTo(loss.of(prediction, target), 9);
  });

  it('is never less than at the target itself', () => {
    for (const target of [0.1, 0.5, 0.9])
      for (const prediction of [0.05, 0.4, 0.95])
        expect(loss.of(prediction, target)).toBeGreaterThanOrEqual(loss.of(target, target));
  });

  it('has a label, a brief one and a sentence', () => {
    expect(loss.label.length).toBeGreaterThan(loss.brief.length);
    expect(loss.brief.length).toBeLessThanOrEqual(6);
    expect(loss.help).toMatch(/\.$/);
  });
});

it('Huber is half the square of small errors and straight beyond 1', () => {
  const huber = losses.find(({ type }) => type === 'huber');
  expect([0.5, 1, 3, -3].map((error) => huber?.of(error, 0))).toEqual([0.125, 0.5, 2.5, 2.5]);
});

it('each type is there once', () => {
  expect(new Set(losses.map(({ type }) => type)).size).toBe(losses.length);
});
