import { describe, expect, it } from 'vitest';
import { LossSeries } from './loss-series';

describe('LossSeries', () => {
  it('keeps every step while there is room', () => {
    const series = new LossSeries(8);
    for (let step = 1; step <= 5; step += 1) series.push(step, step / 10);
    expect(series.steps).toEqual([1, 2, 3, 4, 5]);
    expect(series.losses).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  it('averages neighbours when full, and never grows past its capacity', () => {
    const series = new LossSeries(8);
    for (let step = 1; step <= 1000; step += 1) series.push(step, step % 2 === 0 ? 1 : 3);
    expect(series.steps.length).toBeLessThan(8);
    expect(series.stride).toBe(128);
    for (const loss of series.losses) expect(loss).toBeCloseTo(2, 10);
  });

  it('dates each point with the last step it averages', () => {
    const series = new LossSeries(4);
    for (let step = 1; step <= 8; step += 1) series.push(step, 0);
    expect(series.steps).toEqual([4, 8]);
  });

  it('lets one bad value show rather than hide it', () => {
    const series = new LossSeries(8);
    series.push(1, Number.NaN);
    expect(series.losses[0]).toBeNaN();
  });
});
