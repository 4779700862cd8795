import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, snapToOthers } from './helper-lines';

const box = (x: number, y: number, width = 96, height = 100): Box => ({ x, y, width, height });

describe('snapping to other blocks', () => {
  it('brings an edge in line with another’s, and shows the line along both', () => {
    const { dx, dy, lines } = snapToOthers(box(103, 400), [box(100, 0)], 6);
    expect([dx, dy]).toEqual([-3, 0]);
    expect(lines).toContainEqual({ direction: 'upright', at: 100, from: 0, to: 500 });
  });

  it('brings centres in line of blocks of different heights', () => {
    const { dy, lines } = snapToOthers(box(300, 12, 96, 80), [box(0, 0, 96, 100)], 6);
    expect(dy).toBe(-2);
    expect(lines).toContainEqual({ direction: 'level', at: 50, from: 0, to: 396 });
  });

  it('takes the nearest, and nothing beyond its reach', () => {
    expect(snapToOthers(box(104, 400), [box(100, 0), box(106, 0)], 6).dx).toBe(2);
    expect(snapToOthers(box(60, 400), [box(100, 0)], 6)).toEqual({ dx: 0, dy: 0, lines: [] });
  });

  it('never moves a box further than its reach, and always onto a line it shows', () => {
    const boxes = fc.record({
      x: fc.integer({ min: -300, max: 300 }),
      y: fc.integer({ min: -300, max: 300 }),
      width: fc.integer({ min: 20, max: 200 }),
      height: fc.integer({ min: 20, max: 200 }),
    });
    fc.assert(
      fc.property(boxes, fc.array(boxes, { maxLength: 8 }), (own, others) => {
        const { dx, dy, lines } = snapToOthers(own, others, 6);
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(6);
        const has = (direction: string) => lines.some((line) => line.direction === direction);
        if (dx !== 0) expect(has('upright')).toBe(true);
        if (dy !== 0) expect(has('level')).toBe(true);
        const again = snapToOthers({ ...own, x: own.x + dx, y: own.y + dy }, others, 6);
        expect(Math.abs(again.dx) + Math.abs(again.dy)).toBeLessThan(1e-9);
      }),
    );
  });
});
