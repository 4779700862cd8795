import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NODE_WIDTH } from '../plan/auto-layout';
import { drawingOf } from '../plan/drawing';
import { stacks } from '../plan/random-stacks';
import { canInsert, insertOnWire, moveNodes } from './edits';
import type { GraphDocument } from './graph-document';
import { ROOM } from './make-room';
import { newDocument } from './new-document';
import { tidy } from './tidy';

const placesOf = (doc: GraphDocument) =>
  new Map(drawingOf(doc).nodes.map(({ id, position }) => [id, position] as const));
const xOf = (doc: GraphDocument, id: string) => placesOf(doc).get(id)?.x ?? Number.NaN;

/** Everything stored where it stands, as after a user has moved all of it. */
function laidByHand(doc: GraphDocument): GraphDocument {
  return moveNodes(doc, Object.fromEntries(placesOf(doc)));
}

describe('a block put on a wire of a drawing laid out by hand', () => {
  const doc = laidByHand(newDocument());
  const middle = { x: (xOf(doc, 'dense-1') + xOf(doc, 'dense-2')) / 2, y: 0 };
  const inserted = insertOnWire(doc, 'dense-1', 'dense-2', { type: 'dense' }, middle);
  it('has its neighbours make room, away from the code', () => {
    for (const id of ['dense-2', 'code', 'code′', 'dense-2′']) expect(xOf(inserted, id)).toBe(xOf(doc, id));
    expect(xOf(inserted, 'dense-3')).toBe(xOf(doc, 'dense-2') - ROOM - NODE_WIDTH);
    expect(xOf(inserted, 'dense-1')).toBe(xOf(inserted, 'dense-3') - ROOM - NODE_WIDTH);
    const pushed = xOf(inserted, 'dense-1') - xOf(doc, 'dense-1');
    expect(xOf(inserted, 'input') - xOf(doc, 'input')).toBe(pushed);
    expect(xOf(inserted, 'output') - xOf(doc, 'output')).toBe(-pushed);
  });
  it('does the same from the decoder', () => {
    const mirrored = { x: xOf(doc, 'dense-2′') + NODE_WIDTH / 2, y: 0 };
    const other = insertOnWire(doc, 'dense-2′', 'dense-1′', { type: 'dense' }, mirrored);
    const ids = [...placesOf(inserted).keys()];
    expect(ids.map((id) => Math.round(xOf(other, id)))).toEqual(
      ids.map((id) => Math.round(xOf(inserted, id))),
    );
  });
  it('moves nothing where there is room', () => {
    const wide = moveNodes(doc, { input: { x: -900, y: 0 } });
    const placed = insertOnWire(wide, 'input', 'dense-1~flatten', { type: 'dropout' }, { x: -500, y: 0 });
    for (const [id, place] of placesOf(wide)) expect(placesOf(placed).get(id)).toEqual(place);
  });
  it('keeps what was never moved where the layout had it', () => {
    const partly = moveNodes(newDocument(), { code: { x: 700, y: 40 } });
    const wide = { x: xOf(partly, 'dense-2') - 60, y: 0 };
    const placed = insertOnWire(partly, 'dense-1', 'dense-2', { type: 'dense' }, wide);
    expect(xOf(placed, 'dense-2')).toBe(xOf(partly, 'dense-2'));
    expect(xOf(placed, 'code')).toBe(700);
  });
  it('lays a loose block out with all else where nothing else was moved', () => {
    const loose = { ...moveNodes(newDocument(), { 'dense-2': { x: 5, y: 900 } }) };
    const open = insertOnWire(loose, 'input', 'dense-1~flatten', { nodeId: 'dense-2' }, { x: 1, y: 2 });
    expect(open.layout).toEqual({});
  });
});

it('never has nodes that stood apart lie over each other, whatever wire a block is put on', () => {
  const overlaps = (doc: GraphDocument) => {
    const { nodes } = drawingOf(doc);
    return nodes.flatMap((a, index) =>
      nodes.slice(index + 1).flatMap((b) => {
        const wide = a.kind === 'placed' || b.kind === 'placed' ? 0 : NODE_WIDTH;
        const apart =
          Math.abs(a.position.x - b.position.x) >= wide ||
          a.position.y + a.height <= b.position.y ||
          b.position.y + b.height <= a.position.y;
        return apart ? [] : [`${a.id} ${b.id}`];
      }),
    );
  };
  fc.assert(
    fc.property(stacks, fc.nat(), fc.nat(100), (start, number, share) => {
      const doc = laidByHand(tidy(start));
      const { wires, nodes } = drawingOf(doc);
      const wire = wires[number % wires.length];
      if (!wire || canInsert(doc, wire.from, wire.to, { type: 'activation' }) !== null) return;
      const [from, to] = [wire.from, wire.to].map((id) => nodes.find((node) => node.id === id));
      if (!from || !to) return;
      const x = from.position.x + ((to.position.x - from.position.x) * share) / 100;
      const inserted = insertOnWire(
        doc,
        wire.from,
        wire.to,
        { type: 'activation' },
        { x, y: from.position.y },
      );
      expect(overlaps(inserted)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
