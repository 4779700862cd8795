import { describe, expect, it } from 'vitest';
import { ReconstructionSpacing } from './reconstruction-spacing';

/** Steps of `step` ms for a while, a reconstruction of `cost` ms whenever one is due. */
function simulate(cost: number, step: number, until: number) {
  const spacing = new ReconstructionSpacing();
  const times: number[] = [];
  let now = 0;
  while (now < until) {
    now += step;
    if (!spacing.isDue(now)) continue;
    now += cost;
    times.push(now);
    spacing.made(now, cost);
  }
  return times;
}

describe('ReconstructionSpacing', () => {
  it('makes the first one after the first step', () => {
    expect(simulate(5, 2, 10)[0]).toBe(7);
  });

  it('makes fewer than ten a second where they are cheap', () => {
    const times = simulate(0.5, 2, 10_000);
    expect(times.length).toBeGreaterThan(80);
    expect(times.length).toBeLessThan(91);
  });

  it.each([5, 20, 100])('takes no more than 1.5% of the time at %d ms apiece', (cost) => {
    const until = 60_000;
    // The first two come before their cost is known.
    const spent = (simulate(cost, 2, until).length - 2) * cost;
    expect(spent / until).toBeLessThanOrEqual(0.015);
    expect(spent / until).toBeGreaterThan(0.01);
  });

  it('does not let a cold first one hold back the second', () => {
    const spacing = new ReconstructionSpacing();
    spacing.made(0, 400);
    expect(spacing.isDue(120)).toBe(true);
  });

  it('allows one at the end of an epoch sooner, up to 2% of the time', () => {
    const spacing = new ReconstructionSpacing();
    spacing.made(0, 50);
    spacing.made(1000, 50);
    expect(spacing.isDue(3600)).toBe(false);
    expect(spacing.isAllowed(3600)).toBe(true);
    expect(spacing.isAllowed(3400)).toBe(false);
  });
});
