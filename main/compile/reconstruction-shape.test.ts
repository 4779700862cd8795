import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import { planDocument } from '../../shared/plan/plan-document';
import { branchedStacks } from '../../shared/plan/random-branches';
import { stacks } from '../../shared/plan/random-stacks';
import { valueCount } from '../../shared/tensors/shape';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { compile } from './compile';
import { initialState } from './initial-state';

const optimizer: Optimizer = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const BATCH = 2;
/** Larger models only take longer. */
const MOST_PARAMETERS = 200_000;

describe('random stacks, executed', () => {
  it('reconstruct exactly the shape that came in, and take a training step', async () => {
    const executor = await createOnnxExecutor();
    let executed = 0;
    const property = fc.asyncProperty(fc.oneof(stacks, branchedStacks), async (doc) => {
      const { plan } = planDocument(doc);
      if (!plan || plan.parameterCount > MOST_PARAMETERS) return;
      executed += 1;
      const set = compile(plan, {
        sample: { dtype: 'float32' },
        dataCount: BATCH,
        batchSize: BATCH,
        remainder: 1,
        evaluationBatch: BATCH,
        reconstructBatch: BATCH,
        optimizer,
      });
      const programs = set.programs.filter(({ name }) => name === 'step' || name === 'reconstruct');
      const shape = [BATCH, ...plan.inputShape];
      const values = Float32Array.from({ length: valueCount(shape) }, (_, i) => (i % 7) / 7);
      const batch = { dtype: 'float32', shape, data: values } as const;
      const state = initialState(plan, optimizer, 1);
      const session = await executor.load({ ...set, programs }, state, { data: batch, threads: 1 });
      try {
        const { outputs } = await session.run('reconstruct', { batch });
        expect(outputs.reconstructions?.shape).toEqual(shape);
        expect(outputs.reconstructions?.data.length).toBe(valueCount(shape));
        const feeds = {
          indices: { dtype: 'int32', shape: [BATCH], data: Int32Array.of(0, 1) },
          learningRate: { dtype: 'float32', shape: [], data: Float32Array.of(1e-3) },
          // Of variational codes alone.
          beta: { dtype: 'float32', shape: [], data: Float32Array.of(1) },
        } as const;
        const { outputs: step } = await session.run('step', feeds, { seed: 1, purpose: 'training', step: 0 });
        expect(step.loss?.shape).toEqual([]);
      } finally {
        await session.dispose();
      }
    });
    await fc.assert(property, { numRuns: 60 });
    expect(executed).toBeGreaterThan(10);
  });
});
