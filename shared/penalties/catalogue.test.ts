import { describe, expect, it } from 'vitest';
import { penalties, penaltyOf } from './catalogue';
import type { PenaltyOps } from './penalty';

const arithmetic: PenaltyOps<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  abs: Math.abs,
  log: Math.log,
  clip: (x, min, max) => Math.min(Math.max(x, min), max),
  constant: (value) => value,
};
const cost = (type: string, activity: number, target = 0.05) =>
  penaltyOf(type)?.lower(arithmetic, activity, target) ?? Number.NaN;

describe.each(penalties)('$type', ({ type, hasTarget, label }) => {
  it('costs nothing at best, and more the farther from it', () => {
    const best = hasTarget ? 0.05 : 0;
    expect(cost(type, best)).toBeCloseTo(0, 12);
    for (const distance of [0.01, 0.1, 0.5]) {
      expect(cost(type, best + distance)).toBeGreaterThan(0);
      expect(cost(type, best + 1.5 * distance)).toBeGreaterThan(cost(type, best + distance));
    }
  });

  it('stays finite for units that are always off or always on', () => {
    for (const activity of [0, 1]) expect(Number.isFinite(cost(type, activity))).toBe(true);
    expect(label).not.toBe('');
  });
});

it('the divergence is that of two coins', () => {
  // 0.05·ln(0.05/0.2) + 0.95·ln(0.95/0.8)
  expect(cost('kl', 0.2)).toBeCloseTo(0.09394303, 7);
});

it('the divergence is for sigmoid units alone', () => {
  const problems = penaltyOf('kl')?.problems('relu', 'code');
  expect(problems).toMatchObject([
    { code: 'KL_NEEDS_SIGMOID', where: { nodeId: 'code', param: 'activation' } },
  ]);
  expect(penaltyOf('kl')?.problems('sigmoid', 'code')).toEqual([]);
  expect(penaltyOf('none')).toBeNull();
});
