import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveNodes, setParameter } from '../../shared/document/edits';
import { newDocument } from '../../shared/document/new-document';
import { drawingOf } from '../../shared/plan/drawing';
import { shownDrawing } from './drawing';
import { keptParts, sameValue } from './kept-parts';

describe('what is the same', () => {
  it('is what is written the same', () => {
    const values = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(sameValue(a, structuredClone(a))).toBe(true);
        const sorted = (value: unknown): string =>
          JSON.stringify(value, (_, inner) =>
            typeof inner === 'object' && inner !== null && !Array.isArray(inner)
              ? Object.fromEntries(Object.entries(inner).sort())
              : inner,
          );
        // -0 and 0 are written alike.
        if (!JSON.stringify([a, b]).includes('0')) expect(sameValue(a, b)).toBe(sorted(a) === sorted(b));
      }),
    );
  });

  it('keeps the list itself where nothing in it is another', () => {
    const before = [{ id: 'a', x: [1] }];
    expect(keptParts(before, [{ id: 'a', x: [1] }])).toBe(before);
    expect(keptParts(before, [{ id: 'a', x: [2] }])).toEqual([{ id: 'a', x: [2] }]);
    expect(keptParts(before, [])).toEqual([]);
  });
});

describe('a drawing that was changed', () => {
  it('is right, and keeps every node and wire that the change left as they were', () => {
    const document = newDocument();
    const before = shownDrawing(document);
    const moved = moveNodes(document, { 'dense-2': { x: -100, y: 20 }, 'dense-2′': { x: 900, y: 20 } });
    const after = shownDrawing(moved);
    expect(after.nodes).toEqual(drawingOf(moved).nodes);
    expect(after.wires).toEqual(drawingOf(moved).wires);
    const other = after.nodes.filter((node) => !before.nodes.includes(node)).map(({ id }) => id);
    expect(other).toEqual(['dense-2', 'dense-2′']);
    expect(after.wires).toBe(before.wires);
    const wider = setParameter(moved, 'code', 'size', 5);
    expect(shownDrawing(wider).nodes).toEqual(drawingOf(wider).nodes);
  });
});
