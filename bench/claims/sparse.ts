import { join } from 'node:path';
import { type Claim, known } from './claim';

const LEAST_SHARE = 0.9;
/** The error of PCA with 64 components on the same test pictures. */
const MOST_MSE = 0.0091;

export const sparse: Claim = {
  name: 'sparse',
  bar: `MNIST, 784 → 1,024 code, KL 0.05: at least ${100 * LEAST_SHARE}% of the units with a mean activity of 0.02–0.10, test MSE below PCA-64's ${MOST_MSE}`,
  data: 'mnist',
  async check({ train, dataFolder }) {
    const run = await train('mnist-sparse', ['--data', join(dataFolder, 'mnist')]);
    const { share, from, to, units } = known(run.activity, 'activity');
    const { mse } = known(run.test, 'test figures');
    return {
      figure: `${(100 * share).toFixed(1)}% of ${units} units within ${from}–${to}, test MSE ${mse.toFixed(5)}`,
      holds: from >= 0.02 && to <= 0.1 && share >= LEAST_SHARE && mse < MOST_MSE,
    };
  },
};
