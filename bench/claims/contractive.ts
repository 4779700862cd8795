import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Claim, known } from './claim';

const TERM = 'contraction';

export const contractive: Claim = {
  name: 'contractive',
  bar: 'MNIST: the penalty falls while training; as estimated it is within 5% of the exact one (by its own test)',
  data: 'mnist',
  async check({ train, dataFolder, root }) {
    const test = spawnSync(
      process.execPath,
      [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'main/compile/contraction.test.ts'],
      { cwd: root, encoding: 'utf8' },
    );
    const run = await train('mnist-contractive', ['--data', join(dataFolder, 'mnist')]);
    const [atFirst, ...epochs] = run.terms.map((terms) => known(terms[TERM], 'charge'));
    const half = epochs.slice(Math.floor(epochs.length / 2));
    const falls = half.every((charge, at) => at === 0 || charge < (half[at - 1] ?? 0));
    const [first, last] = [known(atFirst, 'charge'), known(epochs.at(-1), 'charge')];
    return {
      figure: `${first.toPrecision(3)} at the first step, ${last.toPrecision(3)} over the last epoch, ${falls ? 'falling' : 'not falling'} in the second half; its test ${test.status === 0 ? 'passes' : 'fails'}`,
      holds: last < first && last < Math.max(...epochs) && falls && test.status === 0,
    };
  },
};
