import { expect, it } from 'vitest';
import type { Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { expectTrueGradients, openPlain, plain, plainSamples } from './fixtures/central-differences';
import { branchingPlan } from './fixtures/plans';
import { initialState } from './initial-state';

const opened = () => Promise.all(enginesHere('branches').map(([, create]) => create()));

it('branches, splits and sums have true gradients: central differences to 1e-3', async () => {
  for (const executor of await opened()) await expectTrueGradients(executor, branchingPlan());
});

it('every engine reconstructs alike to 1e-5', async () => {
  const plan = branchingPlan();
  const made: Tensor[] = [];
  for (const executor of await opened()) {
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
