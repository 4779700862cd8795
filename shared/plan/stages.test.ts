import { describe, expect, it } from 'vitest';
import { isFrozen } from '../blocks/freezing';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { emptyDocument, newBlock } from '../document/new-document';
import { planDocument } from './plan-document';
import { stageAt, stageStarts } from './stage-epochs';
import { stagesOf } from './stages';

function chain(blocks: readonly DocumentBlock[], more: Partial<GraphDocument> = {}): GraphDocument {
  const empty = emptyDocument();
  const all = [newBlock('input', 'input'), ...blocks];
  const wires = blocks.map(({ id }, index) => ({ from: all[index]?.id ?? '', to: id }));
  const training = { ...empty.training, pretraining: { epochs: 2 } };
  return { ...empty, blocks: all, wires, training, ...more };
}

const stack = [
  newBlock('conv', 'conv', { filters: 4, stride: 2 }),
  newBlock('batch-norm', 'norm'),
  newBlock('max-pool', 'pool'),
  newBlock('dense', 'dense', { units: 20, activation: 'sigmoid' }),
  newBlock('dropout', 'dropout'),
  newBlock('code', 'code', { size: 5 }),
];

function planned(document: GraphDocument) {
  const { plan, problems } = planDocument(document);
  if (!plan) throw new Error(problems.map(({ message }) => message).join(' '));
  return plan;
}

describe('the stages of stacked pre-training', () => {
  it('add one pair each, with what stands behind it, and freeze those outside', () => {
    const stages = stagesOf(planned(chain(stack)));
    expect(stages.map(({ block }) => block)).toEqual(['conv', 'dense', 'code']);
    expect(stages.map(({ plan }) => plan.layers.map(({ id }) => id))).toEqual([
      ['input', 'conv', 'norm', 'pool', 'pool′', 'conv′', 'output'],
      [
        ...['input', 'conv', 'norm', 'pool', 'dense~flatten', 'dense', 'dropout'],
        ...['dense′', 'dense~flatten′', 'pool′', 'conv′', 'output'],
      ],
      planned(chain(stack)).layers.map(({ id }) => id),
    ]);
    const learning = stages.map(({ plan }) =>
      plan.layers.filter((layer) => layer.parameterCount > 0 && !isFrozen(layer)).map(({ id }) => id),
    );
    expect(learning).toEqual([
      ['conv', 'norm', 'conv′'],
      ['dense', 'dense′'],
      ['code', 'code′'],
    ]);
    expect(stages.map(({ plan }) => plan.codeShape)).toEqual([[7, 7, 4], [20], [5]]);
  });

  it('leave out pairs that are frozen anyway', () => {
    const frozen = stack.map((block) =>
      block.id === 'dense' ? { ...block, params: { ...block.params, frozen: true } } : block,
    );
    expect(stagesOf(planned(chain(frozen))).map(({ block }) => block)).toEqual(['conv', 'code']);
  });

  it.each([
    ['skips', chain(stack, { skips: { dense: 'add' } }), 'dense'],
    ['a code alone', chain([newBlock('code', 'code', { size: 4 })]), 'only one block has weights'],
  ])('are refused to drawings with %s', (_, document, why) => {
    const problems = planDocument(document).problems.filter(({ code }) => code === 'STACK_IMPOSSIBLE');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(why);
    const { pretraining: __, ...training } = document.training;
    expect(planDocument({ ...document, training }).problems).toEqual([]);
  });

  it('are found by the epochs of a run', () => {
    const stages = ['a', 'b'].map((block) => ({ block, epochs: 2 }));
    expect([1, 2, 3, 4, 5].map((epoch) => stageAt(stages, epoch))).toEqual(['a', 'a', 'b', 'b', null]);
    expect(stageStarts(stages, 10)).toEqual([
      { step: 0, label: 'a' },
      { step: 20, label: 'b' },
      { step: 40, label: 'whole' },
    ]);
    expect(stageStarts([], 10)).toEqual([]);
  });
});
