import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import type { ModelSession, Tensor } from '../executor';
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

  it('keeps none of the arrays that it was given as state, wherever they lie in memory', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const executor = await createTensorFlowExecutor();
    const sessions: ModelSession[] = [];
    const given: WeakRef<object>[] = [];
    // One of these lies at a multiple of 64 bytes.
    for (const offset of [0, 16, 32, 48]) {
      const session = await executor.load(pull(), stateAt(offset, given));
      await session.setState(stateAt(offset, given));
      sessions.push(session);
    }
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(given.filter((array) => array.deref() !== undefined)).toEqual([]);
    expect(given.length).toBeGreaterThan(0);
    for (const session of sessions) await session.dispose();
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

/** The state that training begins with, each array so many bytes from the beginning of a buffer of its own. */
function stateAt(offset: number, made: WeakRef<object>[]): Map<string, Tensor> {
  const state = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data }] of startOf()) {
    const array = new Float32Array(new ArrayBuffer(1024), offset, data.length);
    array.set(data);
    made.push(new WeakRef(array));
    state.set(name, { dtype, shape, data: array });
  }
  return state;
}
