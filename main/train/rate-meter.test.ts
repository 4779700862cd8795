import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter';

describe('RateMeter', () => {
  it('counts all steps overall, and leaves cold ones out of the recent rate', () => {
    const meter = new RateMeter();
    meter.add(100, 1000, true);
    for (let i = 0; i < 50; i++) meter.add(100, 10, false);
    expect(meter.overall).toBeCloseTo(5100 / 1.5, 6);
    expect(meter.recent).toBeCloseTo(10_000, 6);
    expect(meter.secondsFor(5000)).toBeCloseTo(0.5, 6);
  });

  it('follows a change within a few seconds', () => {
    const meter = new RateMeter();
    for (let i = 0; i < 400; i++) meter.add(100, 10, false);
    for (let i = 0; i < 400; i++) meter.add(100, 20, false);
    expect(meter.recent).toBeGreaterThan(4900);
    expect(meter.recent).toBeLessThan(5300);
  });

  it('weighs a stall by the time it took', () => {
    const meter = new RateMeter();
    for (let i = 0; i < 400; i++) meter.add(100, 10, false);
    meter.add(100, 200, false);
    // 200 ms at 500 a second among two seconds at 10,000.
    expect(meter.recent).toBeGreaterThan(8900);
    expect(meter.recent).toBeLessThan(9300);
  });

  it('knows no rate before the first step', () => {
    expect(new RateMeter().overall).toBe(0);
    expect(new RateMeter().secondsFor(100)).toBe(0);
  });
});
