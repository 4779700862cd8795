import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/new-document';
import { drawingOf } from '../../shared/plan/drawing';
import { eyePlace, markPath, silhouette, silhouettePath, widthOf } from './hourglass-geometry';

describe('silhouette', () => {
  it('narrows where values are lost and widens where they come back', () => {
    const encoder = silhouette([784], [64], 96);
    const decoder = silhouette([64], [784], 96);
    expect(encoder.left).toBeGreaterThan(encoder.right);
    expect([decoder.left, decoder.right]).toEqual([encoder.right, encoder.left]);
    expect(encoder.height).toBe(encoder.left);
  });

  it('grows with the logarithm: every doubling adds as much', () => {
    const sides = [16, 32, 64, 128, 256].map((values) => silhouette([values], [values], 96).left);
    const steps = sides.slice(1).map((side, index) => side - (sides[index] ?? 0));
    expect(new Set(steps).size).toBe(1);
    expect(steps[0]).toBeGreaterThan(0);
  });

  it('never has a side higher than its block, whatever passes', () => {
    const shape = fc.oneof(
      fc.constant(null),
      fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(shape, shape, (before, after) => {
        const { height, left, right } = silhouette(before, after, 96);
        expect(Math.max(left, right)).toBe(height);
        expect(Math.min(left, right)).toBeGreaterThan(40);
      }),
    );
  });

  it('joins without a step: each wire leaves at the height at which the next block begins', () => {
    const { nodes, wires } = drawingOf(newDocument());
    const sides = new Map(
      nodes.map((node) => [node.id, silhouette(node.inputShape, node.outputShape, widthOf(node))]),
    );
    expect(wires.length).toBeGreaterThan(5);
    for (const { from, to } of wires) expect(sides.get(from)?.right).toBe(sides.get(to)?.left);
  });

  it('is drawn as one closed outline within its box', () => {
    const path = silhouettePath(silhouette([784], [64], 96));
    expect(path).toMatch(/^M.*Z$/);
    const numbers = (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  });

  it('marks the halves by side', () => {
    const shape = silhouette([784], [64], 96);
    expect(markPath(shape, 'encoder')).toMatch(/^M1 /);
    expect(markPath(shape, 'decoder')).toMatch(/^M95 /);
    expect(markPath(shape, 'code').match(/M/g)).toHaveLength(2);
  });
});

describe('eyePlace', () => {
  const place = (before: number, after: number) => {
    const shape = silhouette([before], [after], 96);
    return { ...eyePlace(shape), shape };
  };

  it('is inside a high block, under its words, and below one that is low', () => {
    const high = place(784, 784);
    expect(high.top).toBeGreaterThan(high.shape.height / 2);
    expect(high.top).toBeLessThan(high.shape.height - 50);
    const low = place(16, 16);
    expect(low.top).toBeGreaterThan(low.shape.height);
  });

  it('knows the lower edge in the middle of a slanted block', () => {
    const { edge, shape } = place(784, 64);
    expect(edge).toBeCloseTo(shape.height / 2 + (shape.left + shape.right) / 4);
  });
});
