import { join } from 'node:path';
import { type Claim, known } from './claim';
import { figureOfKeras } from './keras';

const EPOCHS = 10;
const PIXELS = 784;
const MOST_DISTANCE = 0.05;

/** KL + reconstruction of a test picture, in nats, both at the mean of the code. */
export const variational: Claim = {
  name: 'variational',
  bar: `MNIST, code 16, ${EPOCHS} epochs: KL + reconstruction within ${100 * MOST_DISTANCE}% of the same model in Keras; samples shown`,
  data: 'mnist',
  async check({ train, dataFolder, root, say }) {
    const mnist = join(dataFolder, 'mnist');
    const run = await train('mnist-variational', ['--data', mnist, '--epochs', `${EPOCHS}`]);
    const own = known(run.test, 'test figures').loss * PIXELS;
    say(`samples drawn from the prior: ${join(run.out, 'reconstructions.png')}`);
    say('the same in Keras …');
    const keras = await figureOfKeras(root, 'keras_variational.py', [mnist, `${EPOCHS}`], 'nats');
    const distance = Math.abs(own - keras) / keras;
    return {
      figure: `${own.toFixed(2)} nats, Keras ${keras.toFixed(2)}: ${(100 * distance).toFixed(1)}% apart`,
      holds: distance <= MOST_DISTANCE,
    };
  },
};
