import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crosses } from './stroke';

const line = (...points: [number, number][]) => points.map(([x, y]) => ({ x, y }));

describe('a stroke across a wire', () => {
  const wire = line([0, 0], [10, 0], [10, 10]);
  it.each([
    ['straight through', line([5, -5], [5, 5]), true],
    ['through its second piece', line([8, 5], [12, 5]), true],
    ['at its end', line([0, -1], [0, 1]), true],
    ['along it', line([3, 0], [7, 0]), true],
    ['beside it', line([5, 1], [5, 5]), false],
    ['short of it', line([5, 5], [9, 9]), false],
    ['on the same line, further on', line([11, 0], [15, 0]), false],
    ['a single point', line([5, 0]), false],
  ])('%s', (_name, stroke, expected) => {
    expect(crosses(stroke, wire)).toBe(expected);
    expect(crosses(wire, stroke)).toBe(expected);
  });
  it('cuts whatever lies between two points on either side of it', () => {
    const number = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (x, y, up, down) => {
          expect(crosses(line([x, y - up], [x, y + down]), line([x - 7, y], [x + 9, y]))).toBe(true);
          expect(crosses(line([x, y + 1], [x, y + down + 1]), line([x - 7, y], [x + 9, y]))).toBe(false);
        },
      ),
    );
  });
});
