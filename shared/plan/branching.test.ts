import { describe, expect, it } from 'vitest';
import { connect, disconnect, insertOnWire, removeNodes } from '../document/edits';
import type { DocumentBlock, GraphDocument, Wire } from '../document/graph-document';
import { emptyDocument, newBlock } from '../document/new-document';
import { drawingOf } from './drawing';
import { planDocument } from './plan-document';

/** A drawing of these blocks, wired as `a→b` says. */
function drawn(blocks: readonly DocumentBlock[], ...wires: readonly string[]): GraphDocument {
  const pairs: Wire[] = wires.map((wire) => {
    const [from = '', to = ''] = wire.split('→');
    return { from, to };
  });
  return {
    ...emptyDocument(),
    blocks: [newBlock('input', 'input'), ...blocks, newBlock('code', 'code')],
    wires: pairs,
  };
}

/** Two convolutions of one picture, side by side, after a first one. */
const inception = drawn(
  [
    newBlock('conv', 'conv-1', { filters: 4, stride: 2, activation: 'tanh' }),
    newBlock('conv', 'conv-2', { filters: 2 }),
    newBlock('conv', 'conv-3', { filters: 3, kernel: 5 }),
    newBlock('concat', 'concat-1'),
  ],
  ...[
    'input→conv-1',
    'conv-1→conv-2',
    'conv-1→conv-3',
    'conv-2→concat-1',
    'conv-3→concat-1',
    'concat-1→code',
  ],
);
const lines = (doc: GraphDocument) =>
  planDocument(doc).plan?.layers.map(
    ({ id, inputs, outputShape, activation }) =>
      `${id} < ${inputs.join(' ')} ${outputShape.join('×')} ${activation}`,
  );
const codes = (doc: GraphDocument) => planDocument(doc).problems.map(({ code }) => code);
const wiresOf = (doc: GraphDocument) => doc.wires.map(({ from, to }) => `${from}→${to}`);

describe('an encoder that branches', () => {
  it('splits a concatenation in the decoder, and sums where the branches part', () => {
    expect(lines(inception)).toEqual([
      'input <  28×28×1 linear',
      'conv-1 < input 14×14×4 tanh',
      'conv-2 < conv-1 14×14×2 relu',
      'conv-3 < conv-1 14×14×3 relu',
      'concat-1 < conv-2 conv-3 14×14×5 linear',
      'code~flatten < concat-1 980 linear',
      'code < code~flatten 32 linear',
      'code′ < code 980 relu',
      'code~flatten′ < code′ 14×14×5 linear',
      'concat-1′ < code~flatten′ 14×14×5 linear',
      'concat-1~part-1′ < concat-1′ 14×14×3 linear',
      'concat-1~part-0′ < concat-1′ 14×14×2 linear',
      'conv-3′ < concat-1~part-1′ 14×14×4 tanh',
      'conv-2′ < concat-1~part-0′ 14×14×4 tanh',
      'conv-1~sum′ < conv-2′ conv-3′ 14×14×4 linear',
      'conv-1′ < conv-1~sum′ 28×28×1 sigmoid',
      'output < conv-1′ 28×28×1 linear',
    ]);
  });

  it('draws a wire for each branch, with what it carries', () => {
    const derived = drawingOf(inception).wires.filter(({ from }) => from.endsWith('′'));
    expect(derived.map(({ id, shape }) => `${id} ${shape?.join('×')}`)).toEqual([
      'conv-1′→output 28×28×1',
      'conv-2′→conv-1′ 14×14×4',
      'conv-3′→conv-1′ 14×14×4',
      'concat-1′→conv-2′ 14×14×2',
      'concat-1′→conv-3′ 14×14×3',
      'code′→code~flatten′ 980',
      'code~flatten′→concat-1′ 14×14×5',
    ]);
  });

  it('gives the output its activation after the sum, where the input itself feeds several', () => {
    const doc = drawn(
      [
        newBlock('dense', 'dense-1', { units: 784 }),
        newBlock('dense', 'dense-2', { units: 784 }),
        newBlock('add', 'add-1'),
      ],
      ...['input→dense-1', 'input→dense-2', 'dense-1→add-1', 'dense-2→add-1', 'add-1→code'],
    );
    expect(lines(doc)?.slice(-7)).toEqual([
      'add-1′ < code′ 784 linear',
      'dense-2′ < add-1′ 784 linear',
      'dense-2~flatten′ < dense-2′ 28×28×1 linear',
      'dense-1′ < add-1′ 784 linear',
      'dense-1~flatten′ < dense-1′ 28×28×1 linear',
      'input~sum′ < dense-1~flatten′ dense-2~flatten′ 28×28×1 linear',
      'output < input~sum′ 28×28×1 sigmoid',
    ]);
    const colour = {
      ...doc,
      task: { kind: 'colour' },
      data: { kind: 'npy', path: 'x.npy', shape: [28, 28, 3] },
    } as const;
    expect(codes(colour)).toEqual(['TARGET_BRANCHES']);
  });

  it('takes what comes back past blocks without a mirror, once for each way', () => {
    const doc = drawn(
      [
        newBlock('conv', 'conv-1', { filters: 2 }),
        newBlock('dropout', 'dropout-1'),
        newBlock('add', 'add-1'),
      ],
      ...['input→conv-1', 'conv-1→add-1', 'conv-1→dropout-1', 'dropout-1→add-1', 'add-1→code'],
    );
    expect(planDocument(doc).layers.get('conv-1~sum′')?.inputs).toEqual(['add-1′', 'add-1′']);
    const ids = drawingOf(doc).wires.map(({ id }) => id);
    expect(ids.filter((id) => id === 'add-1′→conv-1′')).toHaveLength(1);
  });

  it('says where shapes do not meet, and stops there', () => {
    const strided = insertOnWire(inception, 'conv-1', 'conv-2', { type: 'max-pool' });
    const { problems, shapes } = planDocument(strided);
    expect(problems).toMatchObject([{ code: 'JOIN_SHAPES', where: { nodeId: 'concat-1' } }]);
    expect(problems[0]?.message).toContain('14×14×3 from conv-3, 7×7×2 from conv-2');
    expect(shapes.get('concat-1')).toEqual({ inputShape: null, outputShape: null, stoppedBy: 'concat-1' });
    const sum = {
      ...inception,
      blocks: inception.blocks.map((block) => ({ ...block, type: block.type.replace('concat', 'add') })),
    };
    expect(planDocument(sum).problems).toMatchObject([
      { message: expect.stringContaining('adds values of one shape') },
    ]);
  });

  it('lays branches out side by side, mirrored, and none over another', () => {
    const { nodes } = drawingOf(inception);
    const at = (id: string) => {
      const node = nodes.find((candidate) => candidate.id === id);
      if (!node) throw new Error(`no ${id}`);
      return { x: node.position.x, top: node.position.y, bottom: node.position.y + node.height };
    };
    expect(at('conv-2').x).toBe(at('conv-3').x);
    expect(at('conv-3').top).toBeGreaterThan(at('conv-2').bottom);
    expect(at('concat-1').x).toBeGreaterThan(at('conv-3').x);
    expect((at('concat-1').top + at('concat-1').bottom) / 2).toBeCloseTo(
      (at('conv-1').top + at('conv-1').bottom) / 2,
    );
    expect(at('conv-3′').top).toBeCloseTo(at('conv-3').top);
    expect(at('concat-1′').x).toBeLessThan(at('conv-2′').x);
  });
});

describe('edits of one', () => {
  it('draw and take off single wires of a join', () => {
    const cut = disconnect(inception, 'concat-1′', 'conv-3′');
    expect(wiresOf(cut)).not.toContain('conv-3→concat-1');
    expect(wiresOf(cut)).toContain('conv-2→concat-1');
    expect(wiresOf(connect(cut, 'conv-3', 'concat-1'))).toEqual([...wiresOf(cut), 'conv-3→concat-1']);
    expect(connect(inception, 'conv-3', 'concat-1'), 'a wire that is there stays where it is').toBe(
      inception,
    );
    expect(wiresOf(connect(inception, 'conv-1', 'conv-3'))).toContain('conv-1→conv-2');
    expect(wiresOf(connect(inception, 'conv-2', 'conv-3'))).not.toContain('conv-1→conv-3');
  });

  it('put a block on one wire, also by its mirror', () => {
    const both = [
      insertOnWire(inception, 'conv-3', 'concat-1', { type: 'residual' }),
      insertOnWire(inception, 'concat-1′', 'conv-3′', { type: 'residual' }),
    ];
    for (const doc of both) {
      expect(wiresOf(doc)).toEqual(
        expect.arrayContaining(['conv-2→concat-1', 'conv-3→residual-1', 'residual-1→concat-1']),
      );
      expect(codes(doc)).toEqual([]);
    }
  });

  it('close over what is deleted, into every branch', () => {
    const without = removeNodes(inception, ['conv-1']);
    expect(wiresOf(without)).toEqual(expect.arrayContaining(['input→conv-2', 'input→conv-3']));
    // The code takes one wire: that of the first branch.
    expect(codes(removeNodes(inception, ['concat-1']))).toEqual(['NOT_CONNECTED']);
    expect(wiresOf(removeNodes(inception, ['conv-2']))).toContain('conv-1→concat-1');
  });

  it('refuse circles', () => {
    expect(() => connect(inception, 'concat-1', 'conv-1')).toThrow(/circle/);
  });
});
