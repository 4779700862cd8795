import { describe, expect, it } from 'vitest';
import type { Activation } from '../../shared/blocks/layer-ops';
import { newBlock } from '../../shared/document/new-document';
import type { Loss } from '../../shared/losses/catalogue';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import type { Plan } from '../../shared/plan/plan';
import type { Tensor } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import type { Program } from '../ops/program';
import { compile } from './compile';
import type { CompileOptions } from './compile-options';
import { convPlan, densePlan, planOf, skipsPlan } from './fixtures/plans';
import { initialState } from './initial-state';
import { trainableState } from './weight-state';

const adam: Optimizer = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const options: CompileOptions = {
  sample: { dtype: 'uint8' },
  dataCount: 10,
  batchSize: 4,
  remainder: 2,
  evaluationBatch: 3,
  reconstructBatch: 5,
  optimizer: adam,
};

function programOf(plan: Plan, name: string, given: Partial<CompileOptions> = {}): Program {
  const program = compile(plan, { ...options, ...given }).programs.find((each) => each.name === name);
  if (!program) throw new Error(`There is no program ${name}.`);
  return program;
}

const opsOf = (program: Program): string[] => program.nodes.map(({ op }) => op);
const portsOf = (ports: Program['feeds']) =>
  Object.fromEntries(ports.map(({ name, value }) => [name, `${value.dtype} [${value.shape}]`]));

/** A flat autoencoder, 6 → 2 → 6, with this end (also one that the planner would warn off). */
function tinyPlan(activation: Activation, loss: Loss): Plan {
  const plan = planOf([6], [newBlock('code', 'code', { size: 2 })], { activation, loss: 'mse' });
  return { ...plan, losses: [{ loss, weight: 1 }] };
}

describe('compile', () => {
  it('makes every program with its feeds and outputs', () => {
    const { programs } = compile(convPlan(), options);
    const ports = programs.map(({ name, feeds, outputs }) => [name, portsOf(feeds), portsOf(outputs)]);
    expect(ports).toEqual([
      ['step', { indices: 'int32 [4]', learningRate: 'float32 []' }, { loss: 'float32 []' }],
      ['step-remainder', { indices: 'int32 [2]', learningRate: 'float32 []' }, { loss: 'float32 []' }],
      ['evaluate', { indices: 'int32 [3]' }, { mse: 'float32 [3]', loss: 'float32 [3]' }],
      [
        'evaluate-batch',
        { batch: 'uint8 [3,8,12,2]' },
        { mse: 'float32 [3]', loss: 'float32 [3]', reconstructions: 'float32 [3,8,12,2]' },
      ],
      ['reconstruct', { batch: 'uint8 [5,8,12,2]' }, { reconstructions: 'float32 [5,8,12,2]' }],
      ['encode', { batch: 'uint8 [3,8,12,2]' }, { code: 'float32 [3,7]' }],
      ['decode', { code: 'float32 [5,7]' }, { reconstructions: 'float32 [5,8,12,2]' }],
    ]);
  });

  it('leaves decoding out where skips bring the decoder more than the code', () => {
    expect(compile(skipsPlan(), options).programs.map(({ name }) => name)).toEqual([
      ...['step', 'step-remainder', 'evaluate', 'evaluate-batch', 'reconstruct', 'encode'],
    ]);
  });

  it('leaves the remainder out where batches come out even', () => {
    const { programs } = compile(densePlan(), { ...options, remainder: 0 });
    expect(programs.map(({ name }) => name)).not.toContain('step-remainder');
  });

  it('guards the loss and every gradient, and updates every weight', () => {
    const plan = densePlan();
    const step = programOf(plan, 'step');
    const weights = trainableState(plan);
    expect(step.guard).toHaveLength(weights.length + 1);
    expect(step.updates.filter(({ kind }) => kind === 'adam').map(({ state }) => state)).toEqual(
      weights.map(({ name }) => name),
    );
    expect(step.updates.filter(({ kind }) => kind === 'assign').map(({ state }) => state)).toEqual([
      'optimizer/beta1Power',
      'optimizer/beta2Power',
    ]);
  });

  it('names the layer of every node of the network', () => {
    const layers = new Set(programOf(convPlan(), 'reconstruct').nodes.map(({ layer }) => layer));
    expect(layers).toContain('conv-1');
    expect(layers).toContain('conv-1′');
    expect(layers).not.toContain(null);
  });

  it('computes no gradient that nothing needs', () => {
    // The pictures themselves want no gradient, so the first convolution has one of its kernel alone.
    const ops = opsOf(programOf(convPlan(), 'step'));
    const convolutions = ops.filter((op) => op.startsWith('conv2d'));
    // Two convolutions and their adjoints: 4 forward, 4 for kernels, and 3 for inputs.
    expect(convolutions).toHaveLength(11);
    expect(ops).not.toContain('broadcastTo');
  });

  it('takes the cross-entropy of a sigmoid from its logits, through a reshape too', () => {
    const ops = opsOf(programOf(densePlan(), 'step'));
    expect(ops).toContain('sigmoidCrossEntropy');
    expect(ops).not.toContain('log');
    expect(ops).not.toContain('sigmoidGradient');
  });

  it('takes it from clipped probabilities where the output is no sigmoid', () => {
    const ops = opsOf(programOf(tinyPlan('softplus', 'bce'), 'step'));
    expect(ops).toContain('clip');
    expect(ops).not.toContain('sigmoidCrossEntropy');
  });

  it('keeps float samples as they are and scales uint8 to 0–1', () => {
    expect(opsOf(programOf(densePlan(), 'reconstruct'))).toContain('cast');
    expect(opsOf(programOf(densePlan(), 'reconstruct', { sample: { dtype: 'float32' } }))).not.toContain(
      'cast',
    );
  });
});

describe('a batch divided into parts', () => {
  const count = 70;
  const data: Tensor = {
    dtype: 'uint8',
    shape: [count, 8, 12, 2],
    data: Uint8Array.from({ length: count * 192 }, (_, i) => (i * 7919) % 251),
  };

  async function trained(parts: number) {
    const plan = convPlan();
    const sizes = { dataCount: count, batchSize: count, remainder: 0, evaluationBatch: count };
    const set = compile(plan, { ...options, ...sizes, parts });
    const session = await (await createOnnxExecutor()).load(set, initialState(plan, adam, 3), {
      data,
      threads: 1,
    });
    try {
      const indices: Tensor = {
        dtype: 'int32',
        shape: [count],
        data: Int32Array.from({ length: count }, (_, i) => i),
      };
      const learningRate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(1e-3) };
      const losses: number[] = [];
      for (let step = 0; step < 5; step++) {
        const { outputs } = await session.run('step', { indices, learningRate });
        losses.push(outputs.loss?.data[0] ?? Number.NaN);
      }
      const { outputs } = await session.run('evaluate', { indices });
      return { losses, mse: outputs.mse, samples: await session.run('evaluate-batch', { batch: data }) };
    } finally {
      await session.dispose();
    }
  }

  it('goes through the network part by part', () => {
    const products = (parts: number) =>
      opsOf(programOf(densePlan(), 'reconstruct', { parts })).filter((op) => op === 'matmul').length;
    expect(products(2), 'what is watched is not divided').toBe(products(1));
    const steps = (batchSize: number, parts: number) =>
      programOf(densePlan(), 'step', { batchSize, parts }).nodes.filter(({ op }) => op === 'slice').length;
    expect(steps(128, 1)).toBe(0);
    expect(steps(128, 2)).toBe(2);
    expect(steps(70, 4), 'no part is smaller than 32').toBe(2);
    expect(steps(63, 4)).toBe(0);
  });

  it('is divided into Programs of its own where that is wanted', () => {
    const step = (batchSize: number) =>
      programOf(convPlan(), 'step', { batchSize, parts: 4, partsApart: true });
    expect(opsOf(step(101))).not.toContain('slice');
    expect(step(101).parts?.map(({ feeds }) => feeds[0]?.value.shape)).toEqual([[33], [34], [34]]);
    expect(step(101).parts?.map(({ updates }) => updates.length)).toEqual(
      Array(3).fill(step(101).updates.length),
    );
    expect(step(63).parts).toBeUndefined();
    const evaluate = programOf(convPlan(), 'evaluate', { evaluationBatch: 65, parts: 2, partsApart: true });
    expect(evaluate.parts?.map(({ outputs }) => outputs[0]?.value.shape)).toEqual([[32], [33]]);
  });

  it('trains and is evaluated as a whole one', async () => {
    const [whole, divided] = [await trained(1), await trained(2)];
    divided.losses.forEach((loss, step) => {
      expect(loss / (whole.losses[step] ?? Number.NaN)).toBeCloseTo(1, 4);
    });
    expect(divided.losses.at(-1)).toBeLessThan(divided.losses[0] ?? 0);
    for (const of of ['mse', 'loss'] as const) {
      const [a, b] = [whole, divided].map(({ samples }) => samples.outputs[of]?.data);
      expect(a).toHaveLength(count);
      a?.forEach((value, i) => {
        expect(b?.[i]).toBeCloseTo(value, 4);
      });
    }
    expect(divided.mse?.data).toEqual(divided.samples.outputs.mse?.data);
  });
});

describe('compiled programs, executed', () => {
  const shape = [3, 6];
  const values = Float32Array.from({ length: 18 }, (_, i) => ((i * 7) % 11) / 11);

  async function run(plan: Plan, program: string, feeds: Record<string, Tensor>) {
    const set = compile(plan, { ...options, sample: { dtype: 'float32' }, reconstructBatch: 3 });
    const session = await (await createOnnxExecutor()).load(set, initialState(plan, adam, 3), { threads: 1 });
    try {
      return (await session.run(program, feeds)).outputs;
    } finally {
      await session.dispose();
    }
  }

  it.each([
    { activation: 'sigmoid', loss: 'bce' },
    { activation: 'softplus', loss: 'bce' },
    { activation: 'linear', loss: 'mse' },
  ] as const)('gives each sample its MSE and loss ($activation, $loss)', async ({ activation, loss }) => {
    const plan = tinyPlan(activation, loss);
    const batch: Tensor = { dtype: 'float32', shape, data: values };
    const errors = await run(plan, 'evaluate-batch', { batch });
    const { reconstructions } = await run(plan, 'reconstruct', { batch });
    const perSample = (of: (p: number, t: number) => number) =>
      [0, 1, 2].map((row) => {
        const terms = Array.from({ length: 6 }, (_, i) => {
          const at = row * 6 + i;
          return of(reconstructions?.data[at] ?? Number.NaN, values[at] ?? Number.NaN);
        });
        return terms.reduce((sum, x) => sum + x, 0) / 6;
      });
    const squared = (p: number, t: number) => (p - t) ** 2;
    const entropy = (p: number, t: number) => {
      const q = Math.min(Math.max(p, 1e-7), 1 - 1e-7);
      return -t * Math.log(q) - (1 - t) * Math.log(1 - q);
    };
    perSample(squared).forEach((mse, i) => {
      expect(errors.mse?.data[i]).toBeCloseTo(mse, 5);
    });
    perSample(loss === 'bce' ? entropy : squared).forEach((value, i) => {
      // The clip at 1 − 1e-7 is one float32 step wide, so a clipped logarithm is good to about 20%.
      expect(Math.abs((errors.loss?.data[i] ?? Number.NaN) - value)).toBeLessThan(
        activation === 'softplus' ? 0.1 + value * 0.2 : 1e-5,
      );
    });
  });

  it('decodes what it encodes to what it reconstructs', async () => {
    const plan = tinyPlan('sigmoid', 'mse');
    const batch: Tensor = { dtype: 'float32', shape, data: values };
    const { code } = await run(plan, 'encode', { batch });
    if (!code) throw new Error('No code came.');
    const { reconstructions: decoded } = await run(plan, 'decode', { code });
    const { reconstructions } = await run(plan, 'reconstruct', { batch });
    expect(decoded?.data).toEqual(reconstructions?.data);
  });
});
