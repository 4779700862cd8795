import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawingOf } from '../plan/drawing';
import { branchedStacks } from '../plan/random-branches';
import { stacks } from '../plan/random-stacks';
import { cutWires, disconnect, setSkip } from './edits';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';
import { tidy } from './tidy';

const wiresOf = (doc: GraphDocument) => doc.wires.map(({ from, to }) => `${from}→${to}`);

describe('cutting several wires', () => {
  const doc = setSkip(newDocument(), 'dense-1', 'add');
  it('takes those of both halves and the skips off at once', () => {
    const cut = cutWires(doc, [
      { from: 'dense-1', to: 'dense-2' },
      { from: 'dense-2′', to: 'dense-1′' },
      { from: 'code′', to: 'dense-2′' },
      { from: 'dense-1', to: 'dense-1′' },
    ]);
    expect(wiresOf(cut)).toEqual(['input→dense-1']);
    expect(cut.skips).toEqual({});
  });
  it('leaves what belongs to the code, and changes nothing where there is nothing else', () => {
    expect(cutWires(doc, [{ from: 'code', to: 'code′' }])).toBe(doc);
    expect(cutWires(doc, [])).toBe(doc);
    expect(cutWires(newDocument(), [{ from: 'dense-1', to: 'dense-1′' }]).skips).toEqual({});
  });
});

it('cuts what cutting one after the other would, in any drawing and any order', () => {
  fc.assert(
    fc.property(fc.oneof(stacks, branchedStacks), fc.array(fc.nat(), { maxLength: 6 }), (start, picks) => {
      const doc = tidy(start);
      const { wires } = drawingOf(doc);
      const chosen = picks.flatMap((pick) => wires[pick % wires.length] ?? []);
      const cut = cutWires(doc, chosen);
      const gone = new Set(chosen.map(({ encoderWire }) => `${encoderWire?.from}→${encoderWire?.to}`));
      expect(wiresOf(cut)).toEqual(
        wiresOf(tidy({ ...doc, wires: doc.wires.filter(({ from, to }) => !gone.has(`${from}→${to}`)) })),
      );
      expect(cutWires(doc, chosen.toReversed())).toEqual(cut);
      const [only] = chosen;
      if (only && chosen.length === 1) expect(cut).toEqual(disconnect(doc, only.from, only.to));
    }),
    { numRuns: 60 },
  );
});
