import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBlock, insertOnWire, moveNodes, removeNodes, setParameter } from '../document/edits';
import { newDocument } from '../document/new-document';
import { randomSteps, stepTaken } from '../document/random-edits';
import { planDocument } from './plan-document';
import { unchangedLayers } from './unchanged-layers';

const trained = newDocument();
const all = [...planDocument(trained).layers.keys()];

describe('layers that are still those that were trained', () => {
  it('are all of them in the same drawing, wherever it lies and however it will learn', () => {
    const moved = moveNodes(trained, { 'dense-1': { x: -300, y: 12 } });
    expect([...unchangedLayers(trained, moved)]).toEqual(all);
    const frozen = setParameter(setParameter(moved, 'dense-1', 'frozen', true), 'dense-2', 'l2', 0.1);
    expect([...unchangedLayers(trained, frozen)]).toEqual(all);
  });

  it('are those before a block whose activation was changed, and again all once that is undone', () => {
    const changed = setParameter(trained, 'dense-2', 'activation', 'tanh');
    expect([...unchangedLayers(trained, changed)]).toEqual(['input', 'dense-1~flatten', 'dense-1']);
    expect([...unchangedLayers(trained, setParameter(changed, 'dense-2', 'activation', 'relu'))]).toEqual(
      all,
    );
  });

  it('are not a new block that took the id of one that was deleted, nor what stands behind it', () => {
    const without = removeNodes(trained, ['dense-1']);
    const [first, second] = planDocument(without).plan?.layers ?? [];
    const again = insertOnWire(without, first!.id, second!.id, { type: 'dense' });
    expect(again.blocks.some(({ id }) => id === 'dense-1')).toBe(true);
    const same = setParameter(again, 'dense-1', 'activation', 'tanh');
    const wide = setParameter(same, 'dense-1', 'units', 256);
    expect(planDocument(wide).layers.get('dense-1')?.outputShape).toEqual([256]);
    expect([...unchangedLayers(trained, wide)]).toEqual(['input', 'dense-1~flatten']);
  });

  it('are not blocks that nothing leads to', () => {
    expect([...unchangedLayers(trained, addBlock(trained, 'dense'))]).toEqual(all);
    expect(unchangedLayers(trained, addBlock(trained, 'dense')).has('dense-3')).toBe(false);
  });

  it('are, after any edits, those whose whole way from the input is written as it was', () => {
    fc.assert(
      fc.property(fc.array(randomSteps, { maxLength: 12 }), (steps) => {
        let doc = trained;
        for (const step of steps) {
          doc = stepTaken(doc, step);
          const same = unchangedLayers(trained, doc);
          const [before, after] = [waysOf(trained), waysOf(doc)];
          for (const [id, way] of after) expect([id, same.has(id)]).toEqual([id, before.get(id) === way]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Of each layer, in words, all that leads to it: found from the input on, where the code under test goes back to it. */
function waysOf(doc: typeof trained): Map<string, string> {
  const ways = new Map<string, string>();
  const { layers } = planDocument(doc);
  const learning = /^(frozen|learningRateFactor|kernelInitializer|activity|contraction|l1|l2|maxNorm)/;
  for (let before = -1; before < ways.size; ) {
    before = ways.size;
    for (const [id, layer] of layers) {
      const ins = layer.inputs.map((from) => ways.get(from));
      if (ways.has(id) || ins.includes(undefined)) continue;
      const { type, mirrored, join, activation, shared, inputs, inputShape, outputShape } = layer;
      const params = Object.entries(layer.params)
        .filter(([name]) => !learning.test(name))
        .sort();
      const own = {
        type,
        mirrored,
        join,
        activation,
        tied: shared?.layerId,
        inputs,
        inputShape,
        outputShape,
      };
      ways.set(id, JSON.stringify([own, params, ins]));
    }
  }
  return ways;
}
