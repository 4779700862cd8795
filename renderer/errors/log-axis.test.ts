import { describe, expect, it } from 'vitest';
import { logAxis, logTicks } from './log-axis';

describe('a logarithmic axis', () => {
  const axis = logAxis(0.001, 0.1);

  it('has equal ratios at equal distances', () => {
    expect(axis.share(0.01)).toBeCloseTo(0.5, 12);
    expect(axis.at(0.5)).toBeCloseTo(0.01, 12);
    expect(axis.at(axis.share(0.037))).toBeCloseTo(0.037, 12);
  });

  it('ends where it ends, for zero too', () => {
    expect([0, 0.0001, 7].map((value) => axis.share(value))).toEqual([0, 0, 1]);
    expect([axis.at(-1), axis.at(0), axis.at(1), axis.at(2)]).toEqual([0.001, 0.001, 0.1, 0.1]);
  });
});

describe('its ticks', () => {
  it.each([
    [{ low: 0.0009, high: 0.2 }, 4, [0.001, 0.01, 0.1]],
    [{ low: 0.0009, high: 0.2 }, 9, [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]],
    [{ low: 0.012, high: 0.045 }, 5, [0.015, 0.02, 0.03, 0.04]],
    [{ low: 1e-9, high: 1 }, 5, [1e-9, 1e-7, 1e-5, 1e-3, 1e-1]],
    [{ low: 0.0401, high: 0.0409 }, 5, [0.0401, 0.0409]],
  ])('are round: %o, at most %i', (ends, most, ticks) => {
    expect(logTicks(ends, most)).toEqual(ticks);
  });
});
