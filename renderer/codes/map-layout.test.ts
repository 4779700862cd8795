import { describe, expect, it } from 'vitest';
import type { Cloud } from './cloud';
import { codeAtPlace, placeOfCode } from './map-inverse';
import { bestTurn, type PlaneAxes, planePoints, turnedAxes, turnedPoints, valuePoints } from './map-layout';

/** Codes of three values that look random and are always the same. */
function cloud(count = 40, change: (value: number, at: number) => number = (value) => value): Cloud {
  const size = 3;
  const codes = Float32Array.from({ length: count * size }, (_, at) =>
    change(Math.sin(17.3 * (at + 1)) * (1 + (at % size)), at),
  );
  const mean = [0, 1, 2].map((value) => {
    let sum = 0;
    for (let at = value; at < codes.length; at += size) sum += codes[at] ?? 0;
    return sum / count;
  });
  return {
    ...{ runId: 'run', step: 1, size, count, total: count, codes, labels: null, labelNames: null, mean },
    ...{ deviation: [1, 2, 3], plane: null, spacing: { usual: 1, far: 2 }, problem: null },
  };
}

const axes: PlaneAxes = [
  [0.6, 0.8, 0],
  [0, 0, 1],
];

/** Turned by an angle, and mirrored at the first axis before where that is wanted. */
function turned(points: Float32Array, angle: number, isMirrored: boolean): Float32Array {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return points.map((_, at) => {
    const [x, y] = [points[at - (at % 2)] ?? 0, (isMirrored ? -1 : 1) * (points[at - (at % 2) + 1] ?? 0)];
    return at % 2 === 0 ? cosine * x - sine * y : sine * x + cosine * y;
  });
}

const closeTo = (points: Float32Array) => [...points].map((value) => expect.closeTo(value, 4));

describe('layouts that stay where they were', () => {
  it.each([
    ['turned', 2.4, false],
    ['mirrored', 0, true],
    ['mirrored and turned', -1.1, true],
    ['as it was', 0, false],
  ])('bring a plane back that comes %s', (_, angle, isMirrored) => {
    const points = planePoints(cloud(), axes);
    const other = turned(points, angle, isMirrored);
    expect([...turnedPoints(other, points)]).toEqual(closeTo(points));
    // As axes: the codes themselves are looked at from another side.
    const { xx, xy, yx, yy } = bestTurn(points, other);
    const again = planePoints(cloud(), turnedAxes(axes, { xx, xy, yx, yy }));
    expect([...again]).toEqual(closeTo(other));
    expect(xx * xy + yx * yy).toBeCloseTo(0, 9);
    expect(xx ** 2 + yx ** 2).toBeCloseTo(1, 9);
  });

  it('pass over points without a place', () => {
    const points = planePoints(cloud(), axes);
    const other = turned(points, 0.7, false);
    const before = points.slice();
    other[6] = Number.NaN;
    before[9] = Number.NaN;
    const back = turnedPoints(other, before);
    expect(back[6]).toBeNaN();
    expect([back[0], back[1]]).toEqual([expect.closeTo(points[0]!, 4), expect.closeTo(points[1]!, 4)]);
  });

  it('leave points alone that lie all in one place', () => {
    const same = new Float32Array(8).fill(2);
    expect([...turnedPoints(same, same)]).toEqual([...same]);
  });
});

describe('the way back from a place in the plane', () => {
  const given = cloud();
  const held = [0.1, 0.2, 0.3];

  it('sets two values, and holds the others', () => {
    const meaning = { cloud: given, kind: 'values', values: [2, 0], axes: null } as const;
    const points = valuePoints(given, meaning.values);
    expect([points[0], points[1]]).toEqual([given.codes[2], given.codes[0]]);
    const code = codeAtPlace({ ...meaning, points }, { x: 7, y: -4 }, held);
    expect(code).toEqual([-4, 0.2, 7]);
    expect(placeOfCode({ ...meaning, points }, code)).toEqual({ x: 7, y: -4 });
  });

  it('moves a code within the plane of PCA, so that it lies at the place and nothing else of it changes', () => {
    const meaning = {
      cloud: given,
      kind: 'pca',
      values: [0, 0],
      axes,
      points: planePoints(given, axes),
    } as const;
    const code = codeAtPlace(meaning, { x: 2, y: -1 }, held);
    const place = placeOfCode(meaning, code);
    expect([place.x, place.y]).toEqual([expect.closeTo(2, 6), expect.closeTo(-1, 6)]);
    // Across the plane: along (0.8, −0.6, 0).
    const across = (of: readonly number[]) => 0.8 * (of[0] ?? 0) - 0.6 * (of[1] ?? 0);
    expect(across(code)).toBeCloseTo(across(held), 6);
    // The place of a real code, with the rest of that very code, is the code itself.
    const own = [...given.codes.subarray(9, 12)];
    const there = { x: meaning.points[6] ?? 0, y: meaning.points[7] ?? 0 };
    expect(codeAtPlace(meaning, there, own)).toEqual(own.map((value) => expect.closeTo(value, 4)));
  });

  it('mixes the nearest codes where there is none, and gives a real one at its own place', () => {
    const points = planePoints(given, axes);
    const meaning = { cloud: given, kind: 'umap', values: [0, 0], axes: null, points } as const;
    const there = { x: points[20] ?? 0, y: points[21] ?? 0 };
    expect(codeAtPlace(meaning, there, held)).toEqual([...given.codes.subarray(30, 33)]);
    const code = codeAtPlace(meaning, { x: 0.123, y: 0.4 }, held);
    for (const [at, value] of code.entries()) {
      const all = given.codes.filter((_, other) => other % 3 === at);
      expect(value).toBeGreaterThanOrEqual(Math.min(...all));
      expect(value).toBeLessThanOrEqual(Math.max(...all));
    }
  });

  it('strews codes of a single value, and decodes that value alone', () => {
    const one = { ...given, size: 1, count: 120, mean: [0], deviation: [1] };
    const points = valuePoints(one, [0, 0]);
    expect(new Set(points.filter((_, at) => at % 2 === 1)).size).toBe(120);
    const meaning = { cloud: one, kind: 'values', values: [0, 0], axes: null, points } as const;
    expect(codeAtPlace(meaning, { x: 3, y: 0.7 }, [0.5])).toEqual([3]);
  });
});
