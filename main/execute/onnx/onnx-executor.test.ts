import { describe, expect, it } from 'vitest';
import type { Update } from '../../ops/program';
import { testDrawing } from '../fixtures/drawing-contract';
import { testExecutor } from '../fixtures/executor-contract';
import { ProgramSketch } from '../fixtures/program-sketch';
import { scalar, zeros } from '../fixtures/pull';
import { createOnnxExecutor } from './onnx-executor';

describe('ONNX executor', () => {
  testExecutor('onnx', createOnnxExecutor);
  testDrawing(createOnnxExecutor);

  it('keeps to its memory over hundreds of steps', async () => {
    // 1 MB of weights: to leak one set of them a step would take 400 MB.
    const sketch = new ProgramSketch();
    const shape = [512, 512];
    const w = sketch.read('w', shape);
    const learningRate = sketch.feed('learningRate', []);
    const update: Update = {
      kind: 'sgd',
      state: 'w',
      slots: {},
      inputs: { gradient: w, learningRate },
      constants: { momentum: 0 },
    };
    const loss = sketch.add('reduceMean', [w], { axes: [0, 1] });
    const set = {
      state: [{ name: 'w', shape }],
      programs: [sketch.program('step', { loss }, [w], [update])],
    };
    const session = await (await createOnnxExecutor()).load(set, new Map([['w', zeros(shape)]]));
    const steps = async (count: number) => {
      for (let i = 0; i < count; i++) await session.run('step', { learningRate: scalar(0.1) });
    };
    await steps(100);
    const before = process.memoryUsage.rss();
    await steps(400);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(150);
    await session.dispose();
  });
});
