import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelSession } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { activationCases } from './cases/activation-cases';
import { elementwiseCases } from './cases/elementwise-cases';
import { productCases } from './cases/product-cases';
import { shapeCases } from './cases/shape-cases';
import { windowCases } from './cases/window-cases';
import { opOf, ops } from './catalogue';
import { disagreements, gradientFaults, loadCases, shapeFaults, verifiableCases } from './verify-op';

const tables = { ...elementwiseCases, ...activationCases, ...productCases, ...windowCases, ...shapeCases };
const cases = verifiableCases(tables);
const present = isTensorFlowPresent();
if (!present) console.warn('TensorFlow has not been fetched: ops are checked on ONNX Runtime alone.');

describe('every op', () => {
  it('has cases', () => {
    // A pool's gradient needs the pool's own output: its cases are the gradients of maxPool2d's.
    const uncovered = ops.filter(({ name }) => name !== 'maxPool2dGradient' && !tables[name]?.length);
    expect(uncovered.map(({ name }) => name)).toEqual([]);
    expect(Object.keys(tables).filter((name) => !opOf(name))).toEqual([]);
    expect(cases.some(({ program }) => program.nodes.some(({ op }) => op === 'maxPool2dGradient'))).toBe(
      true,
    );
  });

  it('has a name of its own', () => {
    expect(new Set(ops.map(({ name }) => name)).size).toBe(ops.length);
  });
});

/**
 * TensorFlow goes through all of a model's graph at the first run of each of its programs: among all cases that took most
 * of the time.
 */
const AT_ONCE = 32;
const parts = Array.from({ length: Math.ceil(cases.length / AT_ONCE) }, (_, part) => {
  const own = cases.slice(part * AT_ONCE, (part + 1) * AT_ONCE);
  return [own[0]?.title, own] as const;
});

describe.each(parts)('ops as executed, from %s', (_, own) => {
  let onnx: ModelSession;
  let tensorflow: ModelSession | null = null;
  beforeAll(async () => {
    onnx = await loadCases(await createOnnxExecutor(), own);
    if (present) tensorflow = await loadCases(await createTensorFlowExecutor(), own);
  });
  afterAll(async () => {
    await onnx?.dispose();
    await tensorflow?.dispose();
  });

  it.each(own)('$title: shapes and gradients hold, and the engines agree', async (verified) => {
    const { program, feeds } = verified;
    const { outputs } = await onnx.run(program.name, feeds);
    expect(shapeFaults(verified, outputs)).toEqual([]);
    expect(await gradientFaults(onnx, verified, outputs)).toEqual([]);
    if (!tensorflow) return;
    const others = (await tensorflow.run(program.name, feeds)).outputs;
    expect(shapeFaults(verified, others)).toEqual([]);
    expect(disagreements(others, outputs)).toEqual([]);
  });
});
