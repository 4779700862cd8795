import { describe, expect, it } from 'vitest';
import { newSchedule, rateFactor, type Schedule, schedules } from './catalogue';

const STEPS_PER_EPOCH = 4;
const EPOCHS = 20;

function factors(schedule: Schedule, epochLosses: readonly number[] = []): number[] {
  const steps = EPOCHS * STEPS_PER_EPOCH;
  return Array.from({ length: steps }, (_, step) =>
    rateFactor(schedule, {
      step,
      steps,
      stepsPerEpoch: STEPS_PER_EPOCH,
      epochLosses: epochLosses.slice(0, Math.floor(step / STEPS_PER_EPOCH)),
    }),
  );
}

describe.each(schedules)('$type', ({ type }) => {
  it('stays above 0 and does not pass the rate that was set', () => {
    for (const factor of factors(newSchedule(type))) {
      expect(factor).toBeGreaterThan(0);
      expect(factor).toBeLessThanOrEqual(1 + 1e-12);
    }
  });
});

it.each(schedules.filter(({ params }) => 'warmUp' in params))(
  '$type rises evenly while it warms up',
  ({ type }) => {
    const [plain, warmed] = [factors(newSchedule(type)), factors({ ...newSchedule(type), warmUp: 2 })];
    warmed.slice(0, 8).forEach((factor, step) => {
      expect(factor).toBeCloseTo(((plain[step] ?? 0) * (step + 1)) / 8, 12);
    });
    expect(warmed.slice(8)).toEqual(plain.slice(8));
  },
);

it('constant stays at 1', () => {
  expect(new Set(factors(newSchedule('constant')))).toEqual(new Set([1]));
});

it('step drops after every so many epochs', () => {
  const all = factors({ type: 'step', every: 10, factor: 0.5, warmUp: 0 });
  expect([all[0], all[39], all[40], all[79]]).toEqual([1, 1, 0.5, 0.5]);
});

it('exponential leaves its factor after an epoch', () => {
  const all = factors({ type: 'exponential', factor: 0.9, warmUp: 0 });
  expect([all[4], all[8]].map((factor) => factor?.toFixed(12))).toEqual(['0.900000000000', '0.810000000000']);
});

it('cosine is half-way down in the middle, and ends at its share', () => {
  const all = factors({ type: 'cosine', last: 0.2, warmUp: 0 });
  expect(all[40]).toBeCloseTo(0.6, 12);
  expect(all[79]).toBeCloseTo(0.2, 2);
});

it('one cycle begins at a 25th, peaks after its rise and ends near nothing', () => {
  const all = factors({ type: 'one-cycle', rise: 0.25 });
  expect(all[0]).toBeCloseTo(1 / 25, 12);
  expect(all.indexOf(Math.max(...all))).toBe(20);
  expect(all[79]).toBeLessThan(0.01);
});

it('plateau drops each time its patience is over, and a gain begins it anew', () => {
  const losses = [1, 0.9, 0.9, 0.9, 0.8, 0.79999, 0.8, 0.8, 0.8];
  const all = factors({ type: 'plateau', patience: 2, factor: 0.1, warmUp: 0 }, losses);
  const ofEpoch = Array.from({ length: 10 }, (_, epoch) => all[epoch * STEPS_PER_EPOCH]?.toFixed(4));
  expect(ofEpoch).toEqual([
    ...Array(4).fill('1.0000'),
    ...Array(3).fill('0.1000'),
    ...Array(2).fill('0.0100'),
    '0.0010',
  ]);
});
