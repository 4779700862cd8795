import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupProblems, nearestFilters, nearestGroups } from './channel-groups';

const counts = fc.integer({ min: 1, max: 300 });

it('the nearest groups divide both, and none that do are nearer', () => {
  fc.assert(
    fc.property(counts, counts, counts, (groups, filters, channels) => {
      const nearest = nearestGroups({ groups, filters }, channels);
      expect(groupProblems({ groups: nearest, filters }, channels, 'conv-1')).toEqual([]);
      for (let other = 1; other <= 600; other++) {
        const fits = groupProblems({ groups: other, filters }, channels, 'conv-1').length === 0;
        if (fits) expect(Math.abs(nearest - groups)).toBeLessThanOrEqual(Math.abs(other - groups));
      }
    }),
    { numRuns: 50 },
  );
});

it('the nearest filters are shared out evenly', () => {
  expect(nearestFilters({ groups: 6, filters: 32 })).toBe(30);
  expect(nearestFilters({ groups: 6, filters: 33 })).toBe(36);
  expect(nearestFilters({ groups: 40, filters: 3 })).toBe(40);
  expect(nearestFilters({ groups: 65_535, filters: 65_536 })).toBe(65_535);
  expect(nearestFilters({ groups: 40_000, filters: 65_536 })).toBe(40_000);
});
