import { join } from 'node:path';
import { type Claim, known, mean } from './claim';

const SEEDS = [1, 2, 3];
const MOST = 0.88;

export const colouring: Claim = {
  name: 'colouring',
  bar: `CIFAR-10 pictures, 10,000 to train, 15 epochs, mean of three seeds: chroma MSE at most ${MOST} × that of the best constant colour`,
  data: 'cifar10',
  async check({ train, dataFolder, say }) {
    const ratios: number[] = [];
    for (const seed of SEEDS) {
      const data = join(dataFolder, 'cifar10');
      const run = await train('cifar-colour', ['--data', data, '--epochs', '15', '--seed', `${seed}`]);
      const test = known(run.test, 'test figures');
      const constant = known(test.baseline?.chroma, 'chroma error of one colour');
      ratios.push(known(test.chroma, 'chroma error') / constant);
      say(`seed ${seed}: ${ratios.at(-1)?.toFixed(3)}; pictures in ${join(run.out, 'reconstructions.png')}`);
    }
    const figure = `${mean(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(3)).join(', ')})`;
    return { figure, holds: mean(ratios) <= MOST };
  },
};
