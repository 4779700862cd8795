import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { emptyDocument, newBlock } from '../document/new-document';
import { OUTPUT, twinId } from './mirror';
import { planDocument } from './plan-document';
import { chained, stacks } from './random-stacks';

const chain = (...blocks: readonly DocumentBlock[]): GraphDocument => ({
  ...emptyDocument(),
  ...chained([newBlock('input', 'input'), ...blocks, newBlock('code', 'code', { size: 8 })]),
});
const shapesOf = (doc: GraphDocument, id: string) => planDocument(doc).shapes.get(id);

describe('knownShapes', () => {
  it('are the planned ones where there is a plan', () => {
    fc.assert(
      fc.property(stacks, (doc) => {
        const { plan, layers, shapes } = planDocument(doc);
        for (const { id, inputShape, outputShape } of layers.values()) {
          expect(shapes.get(id)).toEqual({ inputShape, outputShape, stoppedBy: null });
        }
        for (const { inputShape, outputShape, stoppedBy } of shapes.values()) {
          expect(stoppedBy === null).toBe(inputShape !== null && outputShape !== null);
          if (plan) expect(stoppedBy).toBeNull();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('say what comes into a block with a Problem, and which block that is further down', () => {
    const doc = chain(
      newBlock('conv', 'conv-1', { kernel: 64, padding: 'valid' }),
      newBlock('conv', 'conv-2'),
      newBlock('dense', 'dense-1', { units: 50 }),
    );
    expect(planDocument(doc).problems).toMatchObject([{ code: 'KERNEL_TOO_LARGE' }]);
    const stopped = { stoppedBy: 'conv-1' };
    expect(shapesOf(doc, 'conv-1')).toEqual({ inputShape: [28, 28, 1], outputShape: null, ...stopped });
    expect(shapesOf(doc, 'conv-2')).toEqual({ inputShape: null, outputShape: null, ...stopped });
    expect(shapesOf(doc, 'dense-1')).toEqual({ inputShape: null, outputShape: [50], ...stopped });
    expect(shapesOf(doc, 'code')).toEqual({ inputShape: [50], outputShape: [8], stoppedBy: null });
    expect(shapesOf(doc, twinId('dense-1'))).toEqual({ inputShape: [50], outputShape: null, ...stopped });
    expect(shapesOf(doc, twinId('conv-1'))).toEqual({
      inputShape: null,
      outputShape: [28, 28, 1],
      ...stopped,
    });
    expect(shapesOf(doc, OUTPUT)).toEqual({
      inputShape: [28, 28, 1],
      outputShape: [28, 28, 1],
      stoppedBy: null,
    });
  });

  it('go through a block without a mirror, which has no twin', () => {
    const doc = chain(
      newBlock('conv', 'conv-1', { kernel: 64, padding: 'valid' }),
      newBlock('dense', 'dense-1', { units: 50 }),
      newBlock('activation', 'activation-1'),
    );
    expect(shapesOf(doc, 'activation-1')).toEqual({ inputShape: [50], outputShape: [50], stoppedBy: null });
    expect(shapesOf(doc, twinId('activation-1'))).toBeUndefined();
    expect(shapesOf(doc, 'code')).toEqual({ inputShape: [50], outputShape: [8], stoppedBy: null });
  });

  it('begin anew where no wire leads', () => {
    const doc = {
      ...emptyDocument(),
      blocks: [newBlock('input', 'input'), newBlock('dense', 'dense-1'), newBlock('conv', 'conv-1')],
    };
    expect(shapesOf(doc, 'dense-1')).toEqual({ inputShape: null, outputShape: [128], stoppedBy: 'dense-1' });
    expect(shapesOf(doc, 'conv-1')).toEqual({ inputShape: null, outputShape: null, stoppedBy: 'conv-1' });
  });

  it('end on a circle, and on parameters that are no numbers', () => {
    const circle: GraphDocument = {
      ...emptyDocument(),
      blocks: [newBlock('input', 'input'), newBlock('conv', 'conv-1'), newBlock('conv', 'conv-2')],
      wires: [
        { from: 'conv-1', to: 'conv-2' },
        { from: 'conv-2', to: 'conv-1' },
      ],
    };
    expect(shapesOf(circle, 'conv-2')).toMatchObject({ inputShape: null, outputShape: null });
    const wrong = chain(newBlock('dense', 'dense-1', { units: 'many' }));
    expect(shapesOf(wrong, 'dense-1')).toMatchObject({ outputShape: null, stoppedBy: 'dense-1' });
    expect(shapesOf(wrong, 'code')).toMatchObject({ inputShape: null, outputShape: [8] });
  });
});
