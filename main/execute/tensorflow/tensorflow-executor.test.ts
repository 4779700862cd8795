import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { testDrawing } from '../fixtures/drawing-contract';
import { testExecutor } from '../fixtures/executor-contract';
import { feeds, pull, scalar, startOf, vector } from '../fixtures/pull';
import { isTensorFlowPresent } from './is-present';
import { loadBinding } from './load-binding';
import { createTensorFlowExecutor } from './tensorflow-executor';

const present = isTensorFlowPresent();
if (!present) console.warn('TensorFlow has not been fetched: its executor is not tested here.');

describe.skipIf(!present)('TensorFlow executor', () => {
  testExecutor('tensorflow', createTensorFlowExecutor);
  testDrawing(createTensorFlowExecutor);

  it('makes no tensor that outlives its run, and leaves no folder behind', async () => {
    const { binding } = loadBinding();
    // A folder of its own: others beside it write models too.
    const folder = mkdtempSync(join(tmpdir(), 'hourglass-test-'));
    for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, folder);
    const models = binding.getNumOfSavedModels();
    const session = await (await createTensorFlowExecutor()).load(pull(), startOf());
    expect(readdirSync(folder)).toEqual([]);
    const before = binding.getNumOfTensors();
    for (let i = 0; i < 1000; i++) await session.run('step', feeds);
    await session.run('step', { ...feeds, learningRate: scalar(0), target: vector(0, Number.NaN, 0) });
    await session.setState(await session.state());
    expect(binding.getNumOfTensors()).toBe(before);
    await session.dispose();
    await session.dispose();
    expect(binding.getNumOfSavedModels()).toBe(models);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('leaves no model behind where the state is missing', async () => {
    const { binding } = loadBinding();
    const models = binding.getNumOfSavedModels();
    await expect((await createTensorFlowExecutor()).load(pull(), new Map())).rejects.toThrow(
      'was given no contents',
    );
    expect(binding.getNumOfSavedModels()).toBe(models);
  });
});
