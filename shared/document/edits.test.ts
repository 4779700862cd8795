import { describe, expect, it } from 'vitest';
import { ProblemError } from '../errors/problem';
import { drawingOf } from '../plan/drawing';
import { documentText } from './document-text';
import {
  addBlock,
  canAdd,
  canConnect,
  canInsert,
  canRemove,
  connect,
  disconnect,
  hyperparametersOf,
  insertOnWire,
  moveNodes,
  nextBlockId,
  removeNodes,
  renameDocument,
  resetDifference,
  setHyperparameters,
  setOutput,
  setParameter,
  setSkip,
  setTied,
  setTraining,
} from './edits';
import type { GraphDocument } from './graph-document';
import { emptyDocument, newDocument } from './new-document';
import { validateDocument } from './validate';

const wiresOf = (doc: GraphDocument) => doc.wires.map(({ from, to }) => `${from}→${to}`);
const idsOf = (doc: GraphDocument) => doc.blocks.map(({ id }) => id);
const nodeOf = (doc: GraphDocument, id: string) => drawingOf(doc).nodes.find((node) => node.id === id);
const paramsOf = (doc: GraphDocument, id: string) => doc.blocks.find((block) => block.id === id)?.params;

describe('drawing a stack from an empty canvas by hand', () => {
  it('shows twins at once and wires them as their blocks are wired', () => {
    let doc = addBlock(emptyDocument(), 'code', { x: 500, y: 0 });
    doc = addBlock(doc, 'dense', { x: 250, y: 10 });
    doc = addBlock(doc, 'dense', { x: 900, y: 20 }, 'decoder');
    expect(drawingOf(doc).nodes.map(({ id }) => id)).toEqual([
      ...['input', 'code', 'dense-1', 'dense-2'],
      ...['dense-2′', 'dense-1′', 'code′', 'output'],
    ]);
    expect(drawingOf(doc).wires.map(({ id }) => id)).toEqual(['code→code′']);
    expect(doc.layout).toEqual({
      code: { x: 500, y: 0 },
      'dense-1': { x: 250, y: 10 },
      'dense-2′': { x: 900, y: 20 },
    });
    doc = connect(doc, 'input', 'dense-1');
    doc = connect(doc, 'dense-1', 'dense-2');
    doc = connect(doc, 'dense-2', 'code');
    expect(validateDocument(doc)).toEqual([]);
    expect(
      drawingOf(doc).wires.map(
        ({ id, shape, derived }) => `${id} ${shape?.join('×')}${derived ? ' derived' : ''}`,
      ),
    ).toEqual([
      'input→dense-1~flatten 28×28×1',
      'dense-1~flatten→dense-1 784 derived',
      'dense-1′→dense-1~flatten′ 784 derived',
      'dense-1~flatten′→output 28×28×1 derived',
      'dense-1→dense-2 128',
      'dense-2′→dense-1′ 128 derived',
      'dense-2→code 128',
      'code′→dense-2′ 128 derived',
      'code→code′ 32 derived',
    ]);
    expect(nodeOf(doc, 'dense-1′')).toMatchObject({ kind: 'twin', label: 'Dense', description: '784' });
  });
});

describe('wiring', () => {
  const doc = addBlock(newDocument(), 'conv');
  it.each([
    ['dense-2', 'dense-1', 'CYCLE'],
    ['dense-1', 'dense-1', 'SELF_WIRE'],
    ['dense-1', 'input', 'INTO_INPUT'],
    ['code', 'conv-1', 'CODE_ENDS_ENCODER'],
    ['dense-1', 'dense-2′', 'DECODER_DERIVED'],
    ['dense-1′', 'dense-2′', 'CYCLE'],
    ['dense-1′', 'dense-1~flatten′', 'PLACED_BY_PLANNER'],
    ['code′', 'code′', 'SELF_WIRE'],
    ['dense-1', 'output', 'OUTPUT_DERIVED'],
    ['dense-1~flatten', 'conv-1', 'PLACED_BY_PLANNER'],
    ['input', 'nothing', 'DANGLING_WIRE'],
  ])('refuses %s → %s: %s', (from, to, code) => {
    expect(canConnect(doc, from, to)?.code).toBe(code);
    expect(() => connect(doc, from, to)).toThrow(ProblemError);
  });
  it('refuses a picture block after a dense one, wired or not', () => {
    const open = disconnect(doc, 'dense-2', 'code');
    expect(canConnect(open, 'dense-2', 'conv-1')?.code).toBe('NEEDS_PICTURE');
    const loose = addBlock(doc, 'dense');
    expect(canConnect(loose, 'dense-3', 'conv-1')?.code).toBe('NEEDS_PICTURE');
  });
  it('replaces the wire that came in before', () => {
    const wired = connect(addBlock(newDocument(), 'dense'), 'dense-3', 'dense-2');
    expect(wiresOf(wired)).toEqual(['input→dense-1', 'dense-3→dense-2', 'dense-2→code']);
  });
  it('takes a wire to a flattening as one to its block', () => {
    const open = disconnect(newDocument(), 'dense-1~flatten', 'dense-1');
    expect(wiresOf(open)).toEqual(['dense-1→dense-2', 'dense-2→code']);
    expect(wiresOf(connect(open, 'input', 'dense-1~flatten'))).toEqual(wiresOf(newDocument()));
  });
  it('between two nodes of the decoder is that between their blocks, the other way round', () => {
    expect(wiresOf(connect(newDocument(), 'code′', 'dense-1′'))).toEqual([
      'input→dense-1',
      'dense-1→code',
      'dense-1→dense-2',
    ]);
    expect(wiresOf(connect(newDocument(), 'code′', 'output'))).toContain('input→code');
    expect(wiresOf(connect(newDocument(), 'dense-1~flatten′', 'output'))).toEqual(wiresOf(newDocument()));
  });
  it('that is there already changes nothing, though blocks without a twin stand on it', () => {
    const doc = insertOnWire(newDocument(), 'dense-1', 'dense-2', { type: 'dropout' });
    expect(connect(doc, 'dense-2′', 'dense-1′')).toBe(doc);
    expect(connect(doc, 'dense-1', 'dropout-1')).toBe(doc);
  });
  it('removes the encoder wire of a decoder wire', () => {
    expect(wiresOf(disconnect(newDocument(), 'dense-2′', 'dense-1′'))).toEqual([
      'input→dense-1',
      'dense-2→code',
    ]);
  });
});

describe('inserting on a wire', () => {
  const doc = newDocument();
  it.each([
    ['input', 'dense-1~flatten', 0],
    ['dense-1~flatten', 'dense-1', 0],
    ['dense-1', 'dense-2', 1],
    ['dense-2', 'code', 2],
    ['code', 'code′', 2],
    ['code′', 'dense-2′', 2],
    ['dense-2′', 'dense-1′', 1],
    ['dense-1′', 'dense-1~flatten′', 0],
    ['dense-1~flatten′', 'output', 0],
  ])('%s → %s takes a new dense block as layer %i', (from, to, place) => {
    const inserted = insertOnWire(doc, from, to, { type: 'dense' }, { x: 1, y: 2 });
    const expected = ['dense-1', 'dense-2'].toSpliced(place, 0, 'dense-3');
    expect(idsOf(inserted)).toEqual(['input', ...expected, 'code']);
    expect(validateDocument(inserted)).toEqual([]);
    const inDecoder = from.endsWith('′') || to.endsWith('′');
    expect(Object.keys(inserted.layout)).toEqual([inDecoder ? 'dense-3′' : 'dense-3']);
  });
  it('moves a block that is there already', () => {
    const moved = insertOnWire(doc, 'input', 'dense-1~flatten', { nodeId: 'dense-2' });
    expect(idsOf(moved)).toEqual(['input', 'dense-2', 'dense-1', 'code']);
    const loose = insertOnWire(addBlock(doc, 'dense'), 'code′', 'dense-2′', { nodeId: 'dense-3′' });
    expect(idsOf(loose)).toEqual(['input', 'dense-1', 'dense-2', 'dense-3', 'code']);
  });
  it('refuses what cannot stand there', () => {
    expect(canInsert(doc, 'dense-1', 'dense-2', { type: 'conv' })?.code).toBe('NEEDS_PICTURE');
    expect(canInsert(doc, 'input', 'dense-1', { type: 'conv' })).toBeNull();
    expect(canInsert(doc, 'dense-1', 'dense-2', { type: 'code' })?.code).toBe('CODE_ENDS_ENCODER');
    const conv = insertOnWire(doc, 'input', 'dense-1', { type: 'conv' });
    expect(canInsert(conv, 'input', 'conv-1', { type: 'dense' })?.code).toBe('NEEDS_PICTURE');
  });
});

describe('a block without a mirror', () => {
  const doc = insertOnWire(newDocument(), 'dense-1', 'dense-2', { type: 'activation' });
  it('stands in the encoder alone', () => {
    expect(idsOf(doc)).toEqual(['input', 'dense-1', 'activation-1', 'dense-2', 'code']);
    expect(validateDocument(doc)).toEqual([]);
    expect(nodeOf(doc, 'activation-1′')).toBeUndefined();
    expect(() => setParameter(doc, 'activation-1′', 'activation', 'elu')).toThrow(/no parameter/);
    expect(moveNodes(doc, { 'activation-1′': { x: 1, y: 2 } })).toEqual(doc);
  });
  it.each([
    ['code', 'code′'],
    ['dense-2′', 'dense-1′'],
    ['dense-1~flatten′', 'output'],
  ])('is refused on %s → %s, new or present', (from, to) => {
    expect(canInsert(doc, from, to, { type: 'activation' })?.code).toBe('ENCODER_ONLY');
    expect(canInsert(doc, from, to, { nodeId: 'activation-1' })?.code).toBe('ENCODER_ONLY');
  });
  it('is refused in the decoder', () => {
    expect(canAdd(doc, 'activation', 'decoder')?.code).toBe('ENCODER_ONLY');
    expect(() => addBlock(doc, 'activation', undefined, 'decoder')).toThrow(/encoder only/);
  });
  it('goes alone, and what led through it is closed', () => {
    expect(wiresOf(removeNodes(doc, ['activation-1']))).toEqual(wiresOf(newDocument()));
    const cut = disconnect(doc, 'dense-2′', 'dense-1′');
    expect(wiresOf(cut)).toEqual(['input→dense-1', 'dense-1→activation-1', 'dense-2→code']);
  });
  it('moves between pictures and vectors', () => {
    const pictures = insertOnWire(doc, 'input', 'dense-1', { type: 'conv' });
    const two = insertOnWire(pictures, 'input', 'conv-1', { type: 'conv' });
    const moved = insertOnWire(two, 'conv-2', 'conv-1', { nodeId: 'activation-1' });
    expect(idsOf(moved)).toEqual(['input', 'conv-2', 'activation-1', 'conv-1', 'dense-1', 'dense-2', 'code']);
    expect(validateDocument(moved)).toEqual([]);
  });
});

describe('a skip between twins', () => {
  const doc = setSkip(newDocument(), 'dense-1', 'add');
  it('is set and taken off at either of them', () => {
    expect(doc.skips).toEqual({ 'dense-1': 'add' });
    expect(setSkip(doc, 'dense-1′', 'concat').skips).toEqual({ 'dense-1': 'concat' });
    expect(setSkip(doc, 'dense-1′', null).skips).toEqual({});
    expect(() => setSkip(doc, 'dense-1~flatten', 'add')).toThrow(ProblemError);
    expect(() => setSkip(doc, 'output', 'add')).toThrow(ProblemError);
  });
  it('is drawn by hand, from a block to its own twin', () => {
    expect(connect(newDocument(), 'dense-2', 'dense-2′').skips).toEqual({ 'dense-2': 'concat' });
    expect(connect(doc, 'dense-1', 'dense-1′').skips).toEqual({ 'dense-1': 'add' });
    expect(canConnect(doc, 'dense-1′', 'dense-1')?.code).toBe('DECODER_DERIVED');
    expect(canConnect(doc, 'code', 'code′')?.code).toBe('SKIP_IMPOSSIBLE');
  });
  it('is deleted as a wire, and takes no block', () => {
    expect(disconnect(doc, 'dense-1', 'dense-1′')).toEqual(newDocument());
    expect(canInsert(doc, 'dense-1', 'dense-1′', { type: 'dense' })?.code).toBe('NOTHING_ON_SKIPS');
    expect(canInsert(doc, 'code', 'code′', { type: 'dense' })).toBeNull();
  });
  it('dies with its block in the same edit', () => {
    expect(removeNodes(doc, ['dense-1']).skips).toEqual({});
    expect(setHyperparameters(doc, { layerCount: 0 }).skips).toEqual({});
  });
});

describe('tied weights', () => {
  const doc = setTied(newDocument(), 'dense-1′', true);
  it('are set at either twin, or at the code', () => {
    expect(doc.tied).toEqual(['dense-1']);
    expect(setTied(doc, 'code', true).tied).toEqual(['code', 'dense-1']);
    expect(setTied(doc, 'dense-1', false)).toEqual(newDocument());
    for (const id of ['dense-1~flatten', 'output', 'input']) {
      expect(() => setTied(doc, id, true)).toThrow(ProblemError);
    }
  });
  it('go with their block, and take the initialiser of the kernel that goes with them', () => {
    expect(removeNodes(doc, ['dense-1']).tied).toEqual([]);
    const differing = setParameter(newDocument(), 'dense-2′', 'kernelInitializer', 'heNormal');
    const both = setParameter(differing, 'dense-2′', 'useBias', false);
    expect(setTied(both, 'dense-2', true).decoder).toEqual({ 'dense-2′': { useBias: false } });
  });
  it('and a concatenated skip keep each other out', () => {
    expect(() => setSkip(doc, 'dense-1', 'concat')).toThrow(/untie the weights first/);
    expect(() => setTied(setSkip(newDocument(), 'code', null), 'code', true)).not.toThrow();
    const skipped = setSkip(newDocument(), 'dense-1', 'concat');
    expect(() => setTied(skipped, 'dense-1', true)).toThrow(/twice the channels/);
    expect(connect(doc, 'dense-1', 'dense-1′').skips).toEqual({ 'dense-1': 'add' });
  });
});

describe('deleting', () => {
  it('takes the pair with its differences and positions, and closes the chain', () => {
    let doc = setParameter(newDocument(), 'dense-2′', 'activation', 'elu');
    doc = moveNodes(doc, { 'dense-2': { x: 1.4, y: 2 }, 'dense-2′': { x: 3, y: 4 }, output: { x: 5, y: 6 } });
    const removed = removeNodes(doc, ['dense-2′']);
    expect(wiresOf(removed)).toEqual(['input→dense-1', 'dense-1→code']);
    expect(removed.decoder).toEqual({});
    expect(removed.layout).toEqual({ output: { x: 5, y: 6 } });
  });
  it('takes several in a row, and the code', () => {
    const doc = removeNodes(newDocument(), ['dense-1', 'dense-2', 'code′']);
    expect(idsOf(doc)).toEqual(['input']);
    expect(canAdd(doc, 'code')).toBeNull();
    expect(nextBlockId(doc, 'code')).toBe('code');
  });
  it('leaves the input, the output and what the planner placed', () => {
    const doc = newDocument();
    for (const id of ['input', 'output', 'dense-1~flatten', 'dense-1~flatten′']) {
      expect(canRemove(doc, id)?.code).toBe('NOT_REMOVABLE');
    }
    expect(documentText(removeNodes(doc, ['input', 'output', 'dense-1~flatten']))).toBe(documentText(doc));
  });
});

describe('parameters', () => {
  it('that shape the pair are the encoder’s, wherever they are set', () => {
    expect(paramsOf(setParameter(newDocument(), 'dense-1′', 'units', 99), 'dense-1')).toMatchObject({
      units: 99,
    });
  });
  it('that are free become differences of the twin, and go when they say nothing', () => {
    const differing = setParameter(newDocument(), 'dense-2′', 'useBias', false);
    expect(differing.decoder).toEqual({ 'dense-2′': { useBias: false } });
    expect(nodeOf(differing, 'dense-2′')?.differences).toEqual(['useBias']);
    expect(setParameter(differing, 'dense-2′', 'useBias', true).decoder).toEqual({});
    expect(resetDifference(differing, 'dense-2′', 'useBias').decoder).toEqual({});
    expect(resetDifference(differing, 'dense-2′', 'activation')).toEqual(differing);
  });
  it('the activation of the twin that makes the output is the output’s', () => {
    const doc = setParameter(newDocument(), 'dense-1′', 'activation', 'tanh');
    expect(doc.output.activation).toBe('tanh');
    expect(doc.decoder).toEqual({});
  });
  it('out of range are refused, and say the range', () => {
    expect(() => setParameter(newDocument(), 'dense-1', 'units', 0)).toThrow(/whole number from 1/);
    expect(() => setParameter(newDocument(), 'output', 'activation', 'cubic')).toThrow(/one of linear/);
    expect(() => setTraining(newDocument(), { batchSize: 0 })).toThrow(/training.batchSize/);
    expect(() => setTraining(newDocument(), { learningRate: Number.NaN })).toThrow(ProblemError);
  });
  it('cut a long name', () => {
    expect(renameDocument(newDocument(), 'x'.repeat(1e6)).name).toHaveLength(200);
  });
});

describe('the four hyperparameters', () => {
  it('are read off the drawing', () => {
    expect(hyperparametersOf(newDocument())).toEqual({
      codeSize: 16,
      layerCount: 2,
      widths: [256, 64],
      loss: 'bce',
    });
    expect(hyperparametersOf(emptyDocument()).codeSize).toBeNull();
  });
  it('rewrite a dense stack with shrinking widths', () => {
    const doc = setHyperparameters(newDocument(), { codeSize: 8, layerCount: 3 });
    // 784 · (8/784)^(i/4)
    expect(hyperparametersOf(doc)).toMatchObject({ codeSize: 8, widths: [249, 79, 25] });
    expect(validateDocument(doc)).toEqual([]);
    expect(hyperparametersOf(setHyperparameters(doc, { layerCount: 0 })).widths).toEqual([]);
  });
  it('take explicit widths', () => {
    const doc = setHyperparameters(newDocument(), { widths: [500, 100, 50, 20] });
    expect(hyperparametersOf(doc).widths).toEqual([500, 100, 50, 20]);
  });
  it('keep convolutions and double their filters', () => {
    let doc = removeNodes(newDocument(), ['dense-1', 'dense-2']);
    doc = insertOnWire(doc, 'input', 'code', { type: 'conv' });
    doc = setParameter(doc, 'conv-1', 'stride', 2);
    const deep = setHyperparameters(doc, { layerCount: 4 });
    expect(hyperparametersOf(deep).widths).toEqual([32, 64, 128, 256]);
    // 28 → 14 → 7 → 4, where striding ends.
    expect(paramsOf(deep, 'conv-3')).toMatchObject({ stride: 2 });
    expect(paramsOf(deep, 'conv-4')).toMatchObject({ stride: 1 });
    expect(validateDocument(deep)).toEqual([]);
    expect(hyperparametersOf(setHyperparameters(deep, { layerCount: 1 })).widths).toEqual([32]);
  });
  it('finish an empty canvas, and bring cross-entropy its sigmoid', () => {
    const bare = setOutput(emptyDocument(), { activation: 'tanh' });
    const doc = setHyperparameters(bare, { codeSize: 10, layerCount: 1, loss: 'bce' });
    expect(doc.output).toEqual({ activation: 'sigmoid', loss: 'bce' });
    expect(validateDocument(doc)).toEqual([]);
  });
  it.each([-1, 65, 1.5])('refuse %d layers', (layerCount) => {
    expect(() => setHyperparameters(newDocument(), { layerCount })).toThrow(/whole number from 0 to 64/);
  });
});
