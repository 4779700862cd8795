import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawingOf } from '../plan/drawing';
import { planDocument } from '../plan/plan-document';
import { branchedStacks } from '../plan/random-branches';
import { stacks } from '../plan/random-stacks';
import { documentHash, documentText, parseDocument } from './document-text';
import {
  addBlock,
  canBypass,
  connect,
  hyperparametersOf,
  insertOnWire,
  removeNodes,
  setBypassed,
  setParameter,
  setSkip,
  setTied,
} from './edits';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';
import { tidy } from './tidy';
import { validateDocument } from './validate';

const nodeOf = (doc: GraphDocument, id: string) => drawingOf(doc).nodes.find((node) => node.id === id);
const layersOf = (doc: GraphDocument) =>
  planDocument(doc).plan?.layers.map(
    ({ id, inputShape, outputShape }) => `${id} ${inputShape}→${outputShape}`,
  );

describe('a bypassed block', () => {
  const doc = setBypassed(newDocument(), ['dense-2′'], true);
  it('stays in the drawing with its twin and its wires, and is left out of the network', () => {
    expect(doc.bypassed).toEqual(['dense-2']);
    expect(layersOf(doc)).toEqual(layersOf(removeNodes(newDocument(), ['dense-2'])));
    const ids = (document: GraphDocument) => drawingOf(document).nodes.map(({ id }) => id);
    expect(ids(doc)).toEqual(ids(newDocument()));
    expect(drawingOf(doc).wires.map(({ id }) => id)).toEqual(
      drawingOf(newDocument()).wires.map(({ id }) => id),
    );
    for (const id of ['dense-2', 'dense-2′']) {
      expect(nodeOf(doc, id)).toMatchObject({ bypassed: true, inputShape: [256], outputShape: [256] });
      expect(nodeOf(doc, id)?.parameterCount).toBeNull();
    }
    expect(nodeOf(doc, 'dense-1')?.bypassed).toBe(false);
    expect(hyperparametersOf(doc).widths).toEqual([256]);
  });
  it('is taken in again as it was, and goes with its block', () => {
    expect(setBypassed(doc, ['dense-2'], false)).toEqual(newDocument());
    expect(removeNodes(doc, ['dense-2']).bypassed ?? []).toEqual([]);
  });
  it('is kept by the file, and tells its runs apart', () => {
    expect(parseDocument(documentText(doc))).toEqual(doc);
    expect(documentText(doc)).toContain('"bypassed": ["dense-2"]');
    expect(documentText(newDocument())).not.toContain('bypassed');
    expect(documentHash(doc)).not.toBe(documentHash(newDocument()));
  });
  it('keeps what is set between it and its twin for later', () => {
    const set = setTied(setSkip(newDocument(), 'dense-2', 'add'), 'dense-2', true);
    const bypassed = setBypassed(set, ['dense-2'], true);
    expect(layersOf(bypassed)).toEqual(layersOf(doc));
    expect(setBypassed(bypassed, ['dense-2'], false)).toEqual(set);
  });
  it('leaves the output’s activation to the twin that makes the output meanwhile', () => {
    const differing = setParameter(newDocument(), 'dense-2′', 'activation', 'elu');
    const first = setBypassed(differing, ['dense-1'], true);
    expect(validateDocument(first)).toEqual([]);
    expect(nodeOf(first, 'dense-2′')).toMatchObject({ params: { activation: 'sigmoid' }, differences: [] });
    expect(setParameter(first, 'dense-2′', 'activation', 'tanh').output.activation).toBe('tanh');
    expect(setBypassed(first, ['dense-1'], false)).toEqual(differing);
  });
  it('between a picture and a dense block hands the picture on', () => {
    const outer = setBypassed(newDocument(), ['dense-1'], true);
    expect(validateDocument(outer)).toEqual([]);
    expect(nodeOf(outer, 'dense-1')).toMatchObject({ inputShape: [28, 28, 1], outputShape: [28, 28, 1] });
    expect(nodeOf(outer, 'dense-2~flatten')).toBeDefined();
  });
  it('that joins hands on what its first wire brings', () => {
    let joined = insertOnWire(newDocument(), 'dense-2', 'code', { type: 'concat' });
    joined = connect(joined, 'dense-1', 'concat-1');
    expect(nodeOf(joined, 'code')?.inputShape).toEqual([320]);
    const off = setBypassed(joined, ['concat-1'], true);
    expect(nodeOf(off, 'code')?.inputShape).toEqual([256]);
  });
  it('says what no longer fits', () => {
    let doc = insertOnWire(newDocument(), 'input', 'dense-1', { type: 'conv' });
    doc = addBlock(insertOnWire(doc, 'conv-1', 'dense-1', { type: 'add' }), 'conv');
    doc = connect(connect(doc, 'input', 'conv-2'), 'conv-2', 'add-1');
    expect(validateDocument(doc)).toEqual([]);
    expect(validateDocument(setBypassed(doc, ['conv-2'], true)).map(({ code }) => code)).toEqual([
      'JOIN_SHAPES',
    ]);
  });
  it.each([
    ['input', 'INPUT'],
    ['code′', 'CODE'],
    ['output', 'OUTPUT'],
    ['dense-1~flatten', 'PLACED'],
  ])('is never %s', (id) => {
    expect(canBypass(newDocument(), id)?.code).toBe('BYPASS_IMPOSSIBLE');
    expect(() => setBypassed(newDocument(), ['dense-1', id], true)).toThrow(/cannot be bypassed/);
  });
  it('named in a file by an id of nothing, or of the code, is a Problem', () => {
    const wrong = { ...newDocument(), bypassed: ['code', 'dense-9'] };
    expect(validateDocument(wrong).map(({ code }) => code)).toEqual(['BYPASS_IMPOSSIBLE', 'PAIR_OF_NOTHING']);
  });
});

it('plans every drawing as the one without the blocks it bypasses', () => {
  fc.assert(
    fc.property(fc.oneof(stacks, branchedStacks), fc.array(fc.nat(), { maxLength: 4 }), (start, picks) => {
      const doc = tidy(start);
      const layers = doc.blocks.filter(({ id }) => canBypass(doc, id) === null);
      const chosen = [
        ...new Set(picks.flatMap((pick) => layers[pick % Math.max(1, layers.length)]?.id ?? [])),
      ];
      const joins = chosen.some((id) => doc.wires.filter(({ to }) => to === id).length > 1);
      fc.pre(!joins);
      const off = setBypassed(doc, chosen, true);
      expect(planDocument(off).plan === null).toBe(planDocument(removeNodes(doc, chosen)).plan === null);
      // Deleting changes in which order a concatenation lists what it joins; a bypass does not.
      const alike = (document: GraphDocument) =>
        layersOf(document)?.filter((layer) => !layer.includes('~part-'));
      expect(alike(off)?.toSorted()).toEqual(alike(removeNodes(doc, chosen))?.toSorted());
      for (const id of chosen) {
        const node = nodeOf(off, id);
        if (node?.inputShape) expect(node.outputShape).toEqual(node.inputShape);
      }
      expect(setBypassed(off, chosen, false)).toEqual(doc);
    }),
    { numRuns: 60 },
  );
});
