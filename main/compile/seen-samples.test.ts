import { describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import { enginesHere } from '../execute/fixtures/engines-here';
import { compile } from './compile';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';

const optimizer = { type: 'sgd', momentum: 0 } as const;

describe.each(enginesHere('what a colouring network is given'))(
  'what a colouring network is given, on %s',
  (_name, createExecutor) => {
    it('is the brightness of each pixel, and the target its colours', async () => {
      const plan = planOf(
        [2, 2, 3],
        [newBlock('code', 'code', { size: 3 })],
        { activation: 'sigmoid', loss: 'mse' },
        { kind: 'colour' },
      );
      const set = compile(plan, {
        sample: { dtype: 'uint8' },
        dataCount: 2,
        batchSize: 2,
        remainder: 0,
        evaluationBatch: 2,
        reconstructBatch: 1,
        optimizer,
      });
      const executor = await createExecutor();
      const data = { dtype: 'uint8', shape: [2, 2, 2, 3], data: new Uint8Array(24).fill(51) } as const;
      const session = await executor.load(set, initialState(plan, optimizer, 1), { data });
      const red = new Uint8Array(24).map((_, i) => (i % 3 === 0 ? 255 : 0));
      const batch = { dtype: 'uint8', shape: [2, 2, 2, 3], data: red } as const;
      const { outputs } = await session.run('evaluate-batch', { batch });
      expect(outputs.seen?.shape).toEqual([2, 2, 2, 1]);
      for (const value of outputs.seen?.data ?? []) expect(value).toBeCloseTo(0.299, 6);
      expect(outputs.reconstructions?.shape).toEqual([2, 2, 2, 3]);
      await session.dispose();
    });
  },
);
