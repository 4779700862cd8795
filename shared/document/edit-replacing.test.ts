import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocks } from '../blocks/catalogue';
import { drawingOf } from '../plan/drawing';
import { branchedStacks } from '../plan/random-branches';
import { stacks } from '../plan/random-stacks';
import { documentText } from './document-text';
import {
  canReplace,
  insertOnWire,
  moveNodes,
  replaceBlock,
  replacedNodeId,
  setBypassed,
  setParameter,
  setSkip,
  setTied,
} from './edits';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';
import { tidy } from './tidy';
import { validateDocument } from './validate';

const wiresOf = (doc: GraphDocument) => doc.wires.map(({ from, to }) => `${from}→${to}`);
const paramsOf = (doc: GraphDocument, id: string) => doc.blocks.find((block) => block.id === id)?.params;
const pictures = insertOnWire(newDocument(), 'input', 'dense-1', { type: 'conv' });

describe('a block changed to another kind', () => {
  it('keeps its wires, its place and what the two have in common', () => {
    let doc = setParameter(pictures, 'conv-1', 'kernel', 5);
    doc = setParameter(doc, 'conv-1', 'activation', 'elu');
    doc = moveNodes(doc, { 'conv-1': { x: 1, y: 2 }, 'conv-1′': { x: 3, y: 4 } });
    const changed = replaceBlock(doc, 'conv-1', 'residual');
    expect(wiresOf(changed)).toEqual(wiresOf(doc).map((wire) => wire.replace('conv-1', 'residual-1')));
    expect(changed.layout).toEqual({ 'residual-1': { x: 1, y: 2 }, 'residual-1′': { x: 3, y: 4 } });
    expect(paramsOf(changed, 'residual-1')).toMatchObject({ kernel: 5 });
    expect(replacedNodeId(doc, 'conv-1′', 'residual')).toBe('residual-1′');
  });
  it('takes as many units as it had filters, and the other way round', () => {
    const doc = setParameter(pictures, 'conv-1', 'filters', 48);
    const dense = replaceBlock(doc, 'conv-1′', 'dense');
    expect(paramsOf(dense, 'dense-3')).toMatchObject({ units: 48 });
    expect(paramsOf(replaceBlock(dense, 'dense-3', 'conv'), 'conv-1')).toMatchObject({ filters: 48 });
  });
  it('keeps skip, tie, bypass and differences where these can be', () => {
    let doc = setParameter(pictures, 'conv-1′', 'useBias', false);
    doc = setBypassed(setTied(setSkip(doc, 'conv-1', 'add'), 'conv-1', true), ['conv-1'], true);
    const dense = replaceBlock(doc, 'conv-1', 'dense');
    expect(dense).toMatchObject({ skips: { 'dense-3': 'add' }, tied: ['dense-3'], bypassed: ['dense-3'] });
    expect(dense.decoder).toEqual({ 'dense-3′': { useBias: false } });
    const pool = replaceBlock(
      setSkip(setTied(doc, 'conv-1', false), 'conv-1', 'concat'),
      'conv-1',
      'max-pool',
    );
    expect(pool).toMatchObject({ skips: {}, tied: [], decoder: {} });
    expect(validateDocument(pool)).toEqual([]);
  });
  it('that stays what it is changes nothing', () => {
    expect(replaceBlock(pictures, 'conv-1', 'conv')).toBe(pictures);
  });
  it.each([
    ['dense-2', 'conv', 'NEEDS_PICTURE'],
    ['dense-1', 'conv1d', 'NEEDS_SERIES'],
    ['dense-2', 'corrupt-noise', 'CORRUPTION_MISPLACED'],
    ['dense-2′', 'dropout', 'ENCODER_ONLY'],
    ['dense-2', 'code', 'NOT_REPLACEABLE'],
    ['code', 'dense', 'NOT_REPLACEABLE'],
    ['input', 'dense', 'NOT_REPLACEABLE'],
    ['output', 'dense', 'NOT_REPLACEABLE'],
    ['dense-1~flatten', 'dense', 'NOT_REPLACEABLE'],
  ])('%s refuses to become %s: %s', (nodeId, type, code) => {
    expect(canReplace(pictures, nodeId, type)?.code).toBe(code);
    expect(() => replaceBlock(pictures, nodeId, type)).toThrow();
  });
  it('is refused where what follows could not take what it gives', () => {
    const two = insertOnWire(pictures, 'conv-1', 'dense-1', { type: 'conv' });
    expect(canReplace(two, 'conv-1', 'dense')?.code).toBe('NEEDS_PICTURE');
    expect(canReplace(two, 'conv-2', 'dense')).toBeNull();
    expect(canReplace(setBypassed(two, ['conv-1'], true), 'conv-1', 'dense')?.code).toBe('NEEDS_PICTURE');
    expect(canReplace(setBypassed(pictures, ['dense-2'], true), 'dense-2', 'conv')?.code).toBe(
      'NEEDS_PICTURE',
    );
    const noise = insertOnWire(two, 'conv-1', 'conv-2', { type: 'gaussian-noise' });
    expect(canReplace(noise, 'conv-1', 'dense')?.where?.nodeId).toBe('conv-2');
  });
});

it('in any drawing fits where it is said to fit, and back again', () => {
  const types = blocks.map(({ type }) => type);
  fc.assert(
    fc.property(
      fc.oneof(stacks, branchedStacks),
      fc.nat(),
      fc.constantFrom(...types),
      (start, number, type) => {
        const doc = tidy(start);
        const { nodes } = drawingOf(doc);
        const node = nodes[number % nodes.length];
        if (!node || canReplace(doc, node.id, type) || node.type === type) return;
        const changed = replaceBlock(doc, node.id, type);
        expect(documentText(tidy(changed))).toBe(documentText(changed));
        expect(changed.wires).toHaveLength(doc.wires.length);
        expect(drawingOf(changed).nodes.some(({ id }) => id === replacedNodeId(doc, node.id, type))).toBe(
          true,
        );
        const codes = validateDocument(changed).map(({ code }) => code);
        for (const tangle of [
          'NEEDS_PICTURE',
          'NEEDS_SERIES',
          'JOIN_SHAPES',
          'SKIP_IMPOSSIBLE',
          'TIED_IMPOSSIBLE',
        ]) {
          expect(codes).not.toContain(tangle);
        }
      },
    ),
    { numRuns: 150 },
  );
});
