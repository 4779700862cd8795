import fc from 'fast-check';
import { expect, it } from 'vitest';
import { elbowOf } from './elbow';

const curve = (...points: [size: number, error: number][]) =>
  points.map(([size, error]) => ({ size, error }));

it('finds where a falling curve bends', () => {
  expect(elbowOf(curve([2, 0.06], [4, 0.03], [8, 0.012], [16, 0.01], [32, 0.009]))).toBe(8);
  // The example of the paper: f(x) = −1/x + 5 rises; mirrored, 1/x falls, and bends most at about 0.22 of 0…1.
  const points = Array.from({ length: 10 }, (_, at) => ({ size: at + 1, error: 1 / (at + 1) }));
  expect(elbowOf(points)).toBe(3);
});

it('says nothing where there is nothing to be said', () => {
  expect(elbowOf([])).toBeNull();
  expect(elbowOf(curve([2, 0.5], [4, 0.1]))).toBeNull();
  expect(elbowOf(curve([1, 3], [2, 2], [3, 1]))).toBeNull();
  expect(elbowOf(curve([1, 1], [2, 2], [3, 3]))).toBeNull();
  expect(elbowOf(curve([1, 4], [2, 3.9], [3, 1]))).toBeNull();
});

it('does not depend on the order nor on the units of size and error', () => {
  const point = fc.record({
    size: fc.integer({ min: 1, max: 512 }),
    error: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(point, { selector: ({ size }) => size, minLength: 3, maxLength: 9 }),
      (points) => {
        const elbow = elbowOf(points);
        expect(elbowOf([...points].reverse())).toBe(elbow);
        const scaled = points.map(({ size, error }) => ({ size: 4 * size, error: 2 * error + 8 }));
        const other = elbowOf(scaled);
        // Rounding may move what lies on the line.
        if (elbow !== null && other !== null) expect(other).toBe(4 * elbow);
      },
    ),
  );
});
