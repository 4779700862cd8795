import { describe, expect, it } from 'vitest';
import { addBlock, connect } from '../document/edits';
import type { GraphDocument } from '../document/graph-document';
import { emptyDocument, newBlock, newDocument } from '../document/new-document';
import { NODE_WIDTH } from './auto-layout';
import { drawingOf } from './drawing';
import { chained } from './random-stacks';

const convolutional: GraphDocument = {
  ...emptyDocument(),
  ...chained([
    newBlock('input', 'input'),
    newBlock('conv', 'conv-1', { stride: 2 }),
    newBlock('max-pool', 'max-pool-1'),
    newBlock('dense', 'dense-1'),
    newBlock('code', 'code'),
  ]),
};

function nodeOf(doc: GraphDocument, id: string) {
  const node = drawingOf(doc).nodes.find((candidate) => candidate.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node;
}

describe('the canvas', () => {
  it('names twins by what they are and by the width they give out', () => {
    expect(nodeOf(convolutional, 'conv-1')).toMatchObject({
      label: 'Convolution',
      description: '32 · 3×3 /2',
    });
    expect(nodeOf(convolutional, 'conv-1′')).toMatchObject({
      label: 'Transposed convolution',
      description: '1 · 3×3 /2',
    });
    expect(nodeOf(convolutional, 'max-pool-1′')).toMatchObject({ label: 'Upsample', description: '2×2' });
    expect(nodeOf(convolutional, 'code′')).toMatchObject({ label: 'Dense', description: '128' });
  });

  it('shows a problem on its node and, of a wire, on the wire', () => {
    const narrow = { ...convolutional, data: { kind: 'npy' as const, path: 'x.npy', shape: [28] } };
    expect(nodeOf(narrow, 'conv-1').problems).toMatchObject([{ code: 'NEEDS_PICTURE' }]);
    const looped = { ...convolutional, wires: [...convolutional.wires, { from: 'dense-1', to: 'dense-1' }] };
    const loop = drawingOf(looped).wires.find(({ id }) => id === 'dense-1→dense-1');
    expect(loop?.problems).toMatchObject([{ code: 'SELF_WIRE' }]);
  });

  it('lays the halves out from left to right, none over another, the same each time', () => {
    for (const doc of [convolutional, newDocument(), emptyDocument()]) {
      const { nodes, plan } = drawingOf(doc);
      const order = plan ? plan.layers.map(({ id }) => id) : ['input', 'output'];
      const lefts = order.map((id) => nodeOf(doc, id).position.x);
      expect(lefts.toSorted((a, b) => a - b)).toEqual(lefts);
      const blocks = nodes.filter(({ kind }) => kind !== 'placed').map(({ position }) => position.x);
      blocks
        .toSorted((a, b) => a - b)
        .reduce((left, right) => {
          expect(right - left).toBeGreaterThanOrEqual(NODE_WIDTH);
          return right;
        });
      expect(drawingOf({ ...doc }).nodes).toEqual(nodes);
    }
  });

  it('moves the columns together where there are many, and never over each other', () => {
    const layers = Array.from({ length: 12 }, (_, index) => newBlock('dense', `dense-${index + 1}`));
    const long = {
      ...emptyDocument(),
      ...chained([newBlock('input', 'input'), ...layers, newBlock('code', 'code')]),
    };
    const pitch = (doc: GraphDocument) =>
      nodeOf(doc, 'code′').position.x - nodeOf(doc, 'code').position.x - NODE_WIDTH;
    expect(pitch(newDocument())).toBe(60);
    expect(pitch(long)).toBe(28);
    const lefts = drawingOf(long)
      .nodes.filter(({ kind }) => kind !== 'placed')
      .map(({ position }) => position.x)
      .toSorted((a, b) => a - b);
    lefts.slice(1).forEach((left, index) => {
      expect(left - (lefts[index] ?? 0)).toBeGreaterThan(NODE_WIDTH + 27.9);
    });
  });

  it('has brief names that fit a small block', () => {
    for (const { brief } of drawingOf(convolutional).nodes) expect(brief.length).toBeLessThanOrEqual(8);
  });

  it('has no twin for a block without a mirror, and wires the decoder past it', () => {
    const doc = {
      ...emptyDocument(),
      ...chained([
        newBlock('input', 'input'),
        newBlock('activation', 'activation-1'),
        newBlock('conv', 'conv-1', { stride: 2 }),
        newBlock('activation', 'activation-2'),
        newBlock('code', 'code'),
      ]),
    };
    const { nodes, wires } = drawingOf(doc);
    expect(nodes.map(({ id }) => id)).not.toContain('activation-2′');
    expect(nodeOf(doc, 'activation-2')).toMatchObject({ label: 'Activation', description: 'ReLU' });
    expect(
      wires.filter(({ derived }) => derived).map(({ id, shape }) => `${id} ${shape?.join('×')}`),
    ).toEqual([
      'conv-1′→output 28×28×1',
      'code~flatten→code 6272',
      'code′→code~flatten′ 6272',
      'code~flatten′→conv-1′ 14×14×32',
      'code→code′ 32',
    ]);
    expect(wires.find(({ id }) => id === 'conv-1′→output')?.encoderWire).toEqual({
      from: 'activation-1',
      to: 'conv-1',
    });
  });

  it('leaves what comes back from a block unwired while only blocks without a mirror lead into it', () => {
    const doc = addBlock(addBlock(emptyDocument(), 'activation'), 'code');
    const { wires } = drawingOf(connect(doc, 'activation-1', 'code'));
    expect(wires.map(({ id }) => id)).toEqual(['activation-1→code', 'code→code′']);
  });

  it('mirrors a moved block’s twin about the code, until the twin is moved itself', () => {
    const doc = newDocument();
    const still = nodeOf(doc, 'dense-1′').position;
    const home = nodeOf(doc, 'dense-1').position;
    const moved = { ...doc, layout: { 'dense-1': { x: home.x - 100, y: home.y + 30 } } };
    expect(nodeOf(moved, 'dense-1′').position.x).toBeCloseTo(still.x + 100);
    expect(nodeOf(moved, 'dense-1′').position.y).toBe(home.y + 30);
    const both = { ...moved, layout: { ...moved.layout, 'dense-1′': { x: 7, y: 8 } } };
    expect(nodeOf(both, 'dense-1′').position).toEqual({ x: 7, y: 8 });
  });

  it('keeps both ends opposite each other when the code is moved', () => {
    const doc = { ...emptyDocument(), blocks: [newBlock('input', 'input'), newBlock('code', 'code')] };
    const moved = { ...doc, layout: { code: { x: 700, y: 10 } } };
    const [input, output] = [nodeOf(moved, 'input').position, nodeOf(moved, 'output').position];
    const [code, twin] = [nodeOf(moved, 'code').position, nodeOf(moved, 'code′').position];
    expect(input.x + output.x).toBeCloseTo(code.x + twin.x);
    expect(output.y).toBe(input.y);
  });

  it('makes a node higher the more values pass', () => {
    const heights = ['dense-1', 'dense-2', 'code'].map((id) => nodeOf(newDocument(), id).height);
    expect(heights.toSorted((a, b) => b - a)).toEqual(heights);
    expect(new Set(heights).size).toBe(3);
  });
});
