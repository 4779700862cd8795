import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf } from '../blocks/catalogue';
import { checkRule } from '../blocks/verify-block';
import { insertOnWire } from '../document/edits';
import type { GraphDocument } from '../document/graph-document';
import { emptyDocument, newBlock, newDocument } from '../document/new-document';
import { valueCount } from '../tensors/shape';
import { assertPlan } from './assert-plan';
import type { Plan } from './plan';
import { planDocument } from './plan-document';
import { branchedStacks } from './random-branches';
import { chained, stacks } from './random-stacks';

/** Runs a whole plan on shapes: every layer's lowering has to arrive where the plan says. */
function checkLowering(plan: Plan): void {
  for (const layer of plan.layers) {
    const definition = blockOf(layer.type);
    if (definition) {
      const mirror = layer.shared ? definition.tiedMirror : definition.mirror;
      const rule = layer.mirrored ? mirror : definition.encoder;
      if (!rule) throw new Error(`${layer.id} mirrors a block without a mirror`);
      checkRule(rule, layer, layer.shared?.weights);
    } else {
      expect(['flatten', 'reshape', 'sum', 'part', 'output']).toContain(layer.type);
      const [before, after] = [valueCount(layer.inputShape), valueCount(layer.outputShape)];
      expect(layer.type === 'part' ? after < before : after === before).toBe(true);
    }
  }
}

function codes(doc: GraphDocument): string[] {
  return planDocument(doc).problems.map(({ code }) => code);
}

function planOf(doc: GraphDocument): Plan {
  const { plan, problems } = planDocument(doc);
  if (!plan) throw new Error(problems.map(({ message }) => message).join('\n'));
  return plan;
}

const picture = (shape: readonly number[]): GraphDocument => ({
  ...emptyDocument(),
  data: { kind: 'npy', path: 'x.npy', shape },
});

describe('the mirror', () => {
  it('restores exactly the shape of the input, for every drawing that is accepted', () => {
    let accepted = 0;
    fc.assert(
      fc.property(stacks, (doc) => {
        const { plan, problems, layers } = planDocument(doc);
        if (!plan) {
          expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
          return;
        }
        accepted += 1;
        assertPlan(plan);
        checkLowering(plan);
        expect(plan.outputShape).toEqual(doc.data.shape);
        expect(plan.layers).toHaveLength(layers.size);
        expect(plan.layers.at(-2)?.outputShape).toEqual(doc.data.shape);
      }),
      { numRuns: 600 },
    );
    // The property would say nothing if nearly every random drawing were refused.
    expect(accepted).toBeGreaterThan(150);
  });

  it('does so for every encoder that branches', () => {
    let accepted = 0;
    fc.assert(
      fc.property(branchedStacks, (doc) => {
        const { plan, problems } = planDocument(doc);
        if (!plan) {
          throw new Error(problems.map(({ message }) => message).join(' '));
        }
        if (plan.layers.some(({ join }) => join !== null)) accepted += 1;
        assertPlan(plan);
        checkLowering(plan);
        expect(plan.outputShape).toEqual(doc.data.shape);
        const [last, end] = [plan.layers.at(-2), plan.layers.at(-1)];
        expect(end?.inputs).toEqual([last?.id]);
        expect(last?.outputShape).toEqual(doc.data.shape);
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('mirrors 784-256-64-16 with its activations', () => {
    const plan = planOf(newDocument());
    const seen = plan.layers.map(
      ({ id, outputShape, activation }) => `${id} ${outputShape.join('×')} ${activation}`,
    );
    expect(seen).toEqual([
      'input 28×28×1 linear',
      'dense-1~flatten 784 linear',
      'dense-1 256 relu',
      'dense-2 64 relu',
      'code 16 linear',
      'code′ 64 relu',
      'dense-2′ 256 relu',
      'dense-1′ 784 sigmoid',
      'dense-1~flatten′ 28×28×1 linear',
      'output 28×28×1 linear',
    ]);
    expect(plan.codeIndex).toBe(4);
    const weights = 784 * 256 + 256 * 64 + 64 * 16;
    expect(plan.parameterCount).toBe(2 * weights + 256 + 64 + 16 + 64 + 256 + 784);
  });

  it('passes activations through pools and flattenings, and gives the output its own', () => {
    const doc = {
      ...picture([9, 9, 1]),
      ...chained([
        newBlock('input', 'input'),
        newBlock('max-pool', 'max-pool-1'),
        newBlock('conv', 'conv-1', { activation: 'tanh' }),
        newBlock('max-pool', 'max-pool-2'),
        newBlock('code', 'code'),
      ]),
    };
    const activations = planOf(doc).layers.map(({ id, activation }) => `${id} ${activation}`);
    expect(activations.slice(-6)).toEqual([
      'code′ tanh',
      'code~flatten′ linear',
      'max-pool-2′ linear',
      'conv-1′ sigmoid',
      'max-pool-1′ linear',
      'output linear',
    ]);
  });

  it('lets an activation stand apart, and gives it to the twin of the next block', () => {
    const doc = {
      ...picture([6, 6, 1]),
      ...chained([
        newBlock('input', 'input'),
        newBlock('activation', 'activation-1', { activation: 'tanh' }),
        newBlock('dense', 'dense-1', { units: 9, activation: 'linear' }),
        newBlock('activation', 'activation-2', { activation: 'relu' }),
        newBlock('dense', 'dense-2', { units: 4, activation: 'linear' }),
        newBlock('code', 'code', { size: 2 }),
      ]),
    };
    const { layers } = planOf(doc);
    expect(layers.map(({ id, activation }) => `${id} ${activation}`)).toEqual([
      ...['input linear', 'activation-1 tanh', 'dense-1~flatten linear', 'dense-1 linear'],
      ...['activation-2 relu', 'dense-2 linear', 'code linear'],
      ...['code′ linear', 'dense-2′ relu', 'dense-1′ sigmoid', 'dense-1~flatten′ linear', 'output linear'],
    ]);
  });

  it('lets a twin differ where the mirror leaves it free', () => {
    const doc = newDocument();
    const plan = planOf({ ...doc, decoder: { 'dense-2′': { activation: 'elu', useBias: false } } });
    const twin = plan.layers.find(({ id }) => id === 'dense-2′');
    expect(twin).toMatchObject({ activation: 'elu', parameterCount: 64 * 256 });
    expect(plan.layers.find(({ id }) => id === 'dense-2')?.activation).toBe('relu');
  });
});

describe('an unfinished drawing', () => {
  it('has the layers whose shapes are known', () => {
    const doc = newDocument();
    const open = { ...doc, wires: doc.wires.filter(({ to }) => to !== 'code') };
    const { plan, layers, problems } = planDocument(open);
    expect(plan).toBeNull();
    expect([...layers.keys()]).toEqual([
      'input',
      'dense-1~flatten',
      'dense-1',
      'dense-2',
      'dense-2′',
      'dense-1′',
      'dense-1~flatten′',
    ]);
    expect(problems).toMatchObject([{ code: 'NO_WAY_TO_CODE', where: { nodeId: 'dense-2' } }]);
  });

  it('asks for a code on the empty canvas', () => {
    expect(codes(emptyDocument())).toEqual(['NO_CODE']);
  });
});

describe('what is wrong', () => {
  const doc = newDocument();
  const rewired = (...wires: [string, string][]) => ({
    ...doc,
    wires: wires.map(([from, to]) => ({ from, to })),
  });

  it('a cycle, named', () => {
    const { problems } = planDocument(
      rewired(['input', 'code'], ['dense-1', 'dense-2'], ['dense-2', 'dense-1']),
    );
    const cycle = problems.find(({ code }) => code === 'CYCLE');
    expect(cycle?.message).toMatch(/dense-1 → dense-2 → dense-1|dense-2 → dense-1 → dense-2/);
  });
  it('a wire from a block into itself', () => {
    expect(codes(rewired(['input', 'dense-1'], ['dense-1', 'dense-1']))).toContain('SELF_WIRE');
  });
  it('two wires into a block that takes one, and a branch that leads nowhere', () => {
    const found = codes(
      rewired(['input', 'dense-1'], ['input', 'dense-2'], ['dense-1', 'code'], ['dense-2', 'code']),
    );
    expect(found).toEqual(['SECOND_WIRE_IN']);
    const nowhere = rewired(['input', 'dense-1'], ['input', 'dense-2'], ['dense-1', 'code']);
    expect(planDocument(nowhere).problems).toMatchObject([
      { code: 'NOT_CONNECTED', where: { nodeId: 'dense-2' } },
    ]);
  });
  it('a dangling wire', () => {
    const { problems } = planDocument({ ...doc, wires: [...doc.wires, { from: 'dense-9', to: 'code' }] });
    expect(problems).toMatchObject([{ code: 'DANGLING_WIRE', where: { wireId: 'dense-9→code' } }]);
  });
  it('wires into the input and out of the code', () => {
    const found = codes({ ...doc, wires: [...doc.wires, { from: 'code', to: 'input' }] });
    expect(found).toEqual(expect.arrayContaining(['INTO_INPUT', 'CODE_ENDS_ENCODER', 'CYCLE']));
  });
  it('a second input, a second code, none at all', () => {
    const more = [...doc.blocks, newBlock('input', 'input-2'), newBlock('code', 'code-2')];
    expect(codes({ ...doc, blocks: more })).toEqual(['SECOND_INPUT', 'SECOND_CODE']);
    expect(codes({ ...doc, blocks: [], wires: [] })).toEqual(['NO_INPUT', 'NO_CODE']);
  });
  it('a block that is not on the way', () => {
    const { problems } = planDocument({ ...doc, blocks: [...doc.blocks, newBlock('conv', 'conv-1')] });
    expect(problems).toMatchObject([{ code: 'NOT_CONNECTED', where: { nodeId: 'conv-1' } }]);
  });
  it('a code wider than the input is a warning, and is planned', () => {
    const wide = {
      ...picture([2, 2, 1]),
      ...chained([newBlock('input', 'input'), newBlock('code', 'code', { size: 5 })]),
    };
    const { plan, problems } = planDocument(wide);
    expect(plan).not.toBeNull();
    expect(problems).toMatchObject([
      { code: 'CODE_WIDER', severity: 'warning', where: { nodeId: 'code', param: 'size' } },
    ]);
  });
  it('a code that is wider is no problem where its activity is charged for', () => {
    const wide = (params: Record<string, number | string>) =>
      planDocument({
        ...doc,
        ...chained([newBlock('input', 'input'), newBlock('code', 'code', { size: 10_000, ...params })]),
      }).problems.map(({ code }) => code);
    expect(wide({})).toEqual(['CODE_WIDER']);
    expect(wide({ activityPenalty: 'l1' })).toEqual([]);
    expect(wide({ activityPenalty: 'l1', activityWeight: 0 })).toEqual(['CODE_WIDER']);
    expect(wide({ activityPenalty: 'kl' })).toEqual(['KL_NEEDS_SIGMOID']);
    expect(wide({ activityPenalty: 'kl', activation: 'sigmoid' })).toEqual([]);
  });
  it('a learning rate above 1 is a warning, however large, and is planned', () => {
    const withRate = (learningRate: number) =>
      planDocument({ ...doc, training: { ...doc.training, learningRate } });
    expect(withRate(1).problems).toEqual([]);
    for (const rate of [1.5, 1e10, Number.MAX_VALUE]) {
      const { plan, problems } = withRate(rate);
      expect(plan).not.toBeNull();
      expect(problems).toMatchObject([
        { code: 'LEARNING_RATE_HIGH', severity: 'warning', where: { path: 'training.learningRate' } },
      ]);
    }
  });
  it('1e9 units, with the memory they would take', () => {
    const blocks = doc.blocks.map((block) =>
      block.id === 'dense-1' ? newBlock('dense', 'dense-1', { units: 1e9 }) : block,
    );
    const { plan, problems } = planDocument({ ...doc, blocks });
    expect(plan).toBeNull();
    const tooMany = problems.find(({ code }) => code === 'TOO_MANY_WEIGHTS');
    expect(tooMany).toMatchObject({ severity: 'error', where: { nodeId: 'dense-1', param: 'units' } });
    // About 1.7e12 weights of 16 bytes: weight, gradient and Adam's two moments.
    expect(tooMany?.message).toMatch(/27,1\d\d,\d\d\d MB/);
  });
  it('a batch no tensor can hold', () => {
    const conv = newBlock('conv', 'conv-1', { filters: 4096 });
    const large = {
      ...picture([256, 256, 1]),
      ...chained([
        newBlock('input', 'input'),
        conv,
        newBlock('max-pool', 'max-pool-1', { stride: 64 }),
        newBlock('code', 'code'),
      ]),
    };
    expect(codes(large)).toEqual(['LAYER_TOO_LARGE']);
  });
  it('a convolution after a dense block', () => {
    const vector = {
      ...doc,
      ...chained([
        newBlock('input', 'input'),
        newBlock('dense', 'dense-1'),
        newBlock('conv', 'conv-1'),
        newBlock('code', 'code'),
      ]),
    };
    expect(planDocument(vector).problems).toMatchObject([
      { code: 'NEEDS_PICTURE', where: { nodeId: 'conv-1' } },
    ]);
  });
  it('a kernel larger than the picture', () => {
    const conv = newBlock('conv', 'conv-1', { kernel: 5, padding: 'valid' });
    const small = {
      ...picture([4, 9, 1]),
      ...chained([newBlock('input', 'input'), conv, newBlock('code', 'code')]),
    };
    expect(planDocument(small).problems).toMatchObject([
      { code: 'KERNEL_TOO_LARGE', where: { nodeId: 'conv-1', param: 'kernel' } },
    ]);
  });
  it('cross-entropy on an output that leaves 0 … 1', () => {
    expect(codes({ ...doc, output: { activation: 'relu', loss: 'bce' } })).toEqual(['BCE_NEEDS_SIGMOID']);
    expect(codes({ ...doc, output: { activation: 'relu', loss: 'mse' } })).toEqual([]);
  });
  it('differences of nothing, of what cannot differ, out of range, and of the output activation', () => {
    const decoder = {
      'dense-7′': { activation: 'elu' },
      'dense-1': { activation: 'elu' },
      'dense-2′': { units: 7, activation: 'cubic' },
      'dense-1′': { activation: 'elu' },
      'activation-1′': { activation: 'elu' },
    };
    const apart = insertOnWire(doc, 'dense-1', 'dense-2', { type: 'activation' });
    expect(codes({ ...apart, decoder })).toEqual([
      'DIFFERENCE_OF_NOTHING',
      'DIFFERENCE_OF_NOTHING',
      'DIFFERENCE_NOT_FREE',
      'PARAMETER_RANGE',
      'OUTPUT_ACTIVATION_TWICE',
      'DIFFERENCE_OF_NOTHING',
    ]);
  });
  it.each([0, -1, 1.5, 2 ** 31, 1e308, Number.NaN])('%s units', (units) => {
    const blocks = doc.blocks.map((block) =>
      block.id === 'dense-2' ? newBlock('dense', 'dense-2', { units }) : block,
    );
    expect(planDocument({ ...doc, blocks }).problems).toMatchObject([
      { code: 'PARAMETER_RANGE', where: { nodeId: 'dense-2', param: 'units' } },
    ]);
  });
});
