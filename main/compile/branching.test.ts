import { expect, it } from 'vitest';
import type { Executor, Tensor } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { expectTrueGradients, openPlain, plain, plainSamples } from './fixtures/central-differences';
import { branchingPlan } from './fixtures/plans';
import { initialState } from './initial-state';

async function enginesHere(): Promise<Executor[]> {
  const onnx = await createOnnxExecutor();
  if (isTensorFlowPresent()) return [onnx, await createTensorFlowExecutor()];
  console.warn('TensorFlow has not been fetched: branches are tried on ONNX Runtime alone.');
  return [onnx];
}

it('branches, splits and sums have true gradients: central differences to 1e-3', async () => {
  for (const executor of await enginesHere()) await expectTrueGradients(executor, branchingPlan());
});

it('every engine reconstructs alike to 1e-5', async () => {
  const plan = branchingPlan();
  const made: Tensor[] = [];
  for (const executor of await enginesHere()) {
    const session = await openPlain(executor, plan, initialState(plan, plain, 1));
    const { outputs } = await session.run('reconstruct', { batch: plainSamples(plan) });
    await session.dispose();
    if (outputs.reconstructions) made.push(outputs.reconstructions);
  }
  const [first, ...others] = made;
  expect(first?.shape).toEqual([4, ...plan.inputShape]);
  for (const { data } of others) {
    const worst = Math.max(...Array.from(data, (x, i) => Math.abs(x - Number(first?.data[i]))));
    expect(worst).toBeLessThan(1e-5);
  }
});
