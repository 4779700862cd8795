import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocks } from '../blocks/catalogue';
import { ProblemError } from '../errors/problem';
import { drawingOf } from '../plan/drawing';
import { branchedStacks } from '../plan/random-branches';
import { stacks } from '../plan/random-stacks';
import { documentText } from './document-text';
import { addAt, addBlock, addedNodeId, canAddAt, type Place } from './edits';
import type { GraphDocument } from './graph-document';
import { emptyDocument, newDocument } from './new-document';
import { tidy } from './tidy';

const wiresOf = (doc: GraphDocument) => doc.wires.map(({ from, to }) => `${from}→${to}`);
const endOf = (nodeId: string, side: 'source' | 'target'): Place => ({ at: 'end', of: { nodeId, side } });

describe('adding a block at the end of a wire', () => {
  const doc = addBlock(newDocument(), 'dense');
  it.each([
    ['dense-3', 'source', 'dense-3→dense-4', 'dense-4'],
    ['dense-3', 'target', 'dense-4→dense-3', 'dense-4'],
    ['input', 'source', 'input→dense-4', 'dense-4'],
    ['dense-1~flatten', 'target', 'dense-4→dense-1', 'dense-4'],
    ['dense-3′', 'source', 'dense-4→dense-3', 'dense-4′'],
    ['dense-3′', 'target', 'dense-3→dense-4', 'dense-4′'],
    ['code′', 'source', 'dense-4→code', 'dense-4′'],
    ['output', 'target', 'input→dense-4', 'dense-4′'],
  ] as const)('begun at the %s’s %s draws %s', (nodeId, side, wire, shown) => {
    const place = endOf(nodeId, side);
    const added = addAt(doc, 'dense', place, { x: 7, y: 9 });
    expect(wiresOf(added)).toContain(wire);
    expect(addedNodeId(doc, 'dense', place)).toBe(shown);
    expect(added.layout).toEqual({ [shown]: { x: 7, y: 9 } });
  });
  it('takes the place of the wire that a block with room for one had', () => {
    expect(wiresOf(addAt(doc, 'dense', endOf('dense-2', 'target')))).not.toContain('dense-1→dense-2');
    expect(wiresOf(addAt(doc, 'dense', endOf('dense-2′', 'source')))).not.toContain('dense-1→dense-2');
  });
  it.each([
    ['dense-2', 'source', 'conv', 'NEEDS_PICTURE'],
    ['input', 'source', 'conv1d', 'NEEDS_SERIES'],
    ['code', 'source', 'dense', 'CODE_ENDS_ENCODER'],
    ['input', 'target', 'dense', 'INTO_INPUT'],
    ['dense-1~flatten', 'source', 'dense', 'PLACED_BY_PLANNER'],
    ['dense-1', 'source', 'code', 'SECOND_CODE'],
    ['dense-1', 'source', 'corrupt-noise', 'CORRUPTION_MISPLACED'],
    ['dense-1′', 'source', 'dropout', 'ENCODER_ONLY'],
    ['output', 'source', 'dense', 'OUTPUT_DERIVED'],
    ['nothing', 'source', 'dense', 'DANGLING_WIRE'],
  ] as const)('begun at the %s’s %s refuses %s: %s', (nodeId, side, type, code) => {
    expect(canAddAt(doc, type, endOf(nodeId, side))?.code).toBe(code);
    expect(() => addAt(doc, type, endOf(nodeId, side))).toThrow(ProblemError);
  });
  it('ends the encoder with a code where there is none', () => {
    const open = addBlock(emptyDocument(), 'dense');
    expect(wiresOf(addAt(open, 'code', endOf('dense-1', 'source')))).toEqual(['dense-1→code']);
    expect(wiresOf(addAt(open, 'code', endOf('dense-1′', 'target')))).toEqual(['dense-1→code']);
  });
});

it('offers exactly the blocks that can be added, whatever the drawing and the place', () => {
  const types = blocks.map(({ type }) => type);
  const documents = fc.oneof(
    fc.constant(emptyDocument()),
    fc.constant(newDocument()),
    stacks,
    branchedStacks,
  );
  fc.assert(
    fc.property(documents, fc.nat(), fc.constantFrom('source', 'target'), (start, number, side) => {
      const doc = tidy(start);
      const { nodes } = drawingOf(doc);
      const place = endOf(nodes[number % nodes.length]?.id ?? '', side === 'source' ? 'source' : 'target');
      for (const type of types) {
        const refused = canAddAt(doc, type, place);
        const shown = addedNodeId(doc, type, place);
        if (refused) {
          expect(() => addAt(doc, type, place)).toThrow(refused.message);
          continue;
        }
        const added = addAt(doc, type, place);
        expect(added.blocks).toHaveLength(doc.blocks.length + 1);
        const drawing = drawingOf(added);
        expect(drawing.nodes.some(({ id }) => id === shown)).toBe(true);
        expect(drawing.wires.some(({ from, to }) => from === shown || to === shown)).toBe(true);
        expect(documentText(tidy(added))).toBe(documentText(added));
      }
    }),
    { numRuns: 20 },
  );
});
