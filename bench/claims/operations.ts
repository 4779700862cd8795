import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Claim } from './claim';

const TESTS = ['main/ops', 'main/compile', 'shared/losses', 'shared/blocks'];

export const operations: Claim = {
  name: 'operations',
  bar: 'every block and loss: both engines agree to 1e-4, gradient = central differences to 1e-3, LayersModel agrees where tfjs-layers has the layer (by their tests)',
  data: null,
  async check({ root }) {
    const test = spawnSync(
      process.execPath,
      [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...TESTS, '--reporter=json'],
      { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    const result: { numPassedTests: number; numTotalTests: number } = JSON.parse(
      test.stdout.slice(test.stdout.indexOf('{')),
    );
    const { numPassedTests: passed, numTotalTests: total } = result;
    return { figure: `${passed} of ${total} tests pass`, holds: total > 0 && passed === total };
  },
};
