import { join } from 'node:path';
import { type Claim, mean } from './claim';
import { figureOfKeras } from './keras';

const ROUNDS = 3;
/** How many times Keras' speed, at least. */
const DENSE = 1.5;
const CONVOLUTIONAL = 1;

/** The drawings, of which `keras_speed.py` has the same. */
const kinds = [
  { kind: 'sparse', drawing: 'mnist-sparse', data: 'mnist', least: DENSE },
  { kind: 'contractive', drawing: 'mnist-contractive', data: 'mnist', least: DENSE },
  { kind: 'variational', drawing: 'mnist-variational', data: 'mnist', least: DENSE },
  { kind: 'denoising', drawing: 'mnist-denoise', data: 'mnist', least: CONVOLUTIONAL },
  { kind: 'watermark', drawing: 'cifar-watermark', data: 'cifar10', least: CONVOLUTIONAL },
  { kind: 'colouring', drawing: 'cifar-colour', data: 'cifar10', least: CONVOLUTIONAL },
] as const;

/** Training steps alone, in turn with Keras' `fit` without its first epoch; a ratio is the mean of the rounds' own. */
export const speed: Claim = {
  name: 'speed',
  bar: `every kind on TensorFlow: ${DENSE.toFixed(1)} × Keras' speed at least where dense, ${CONVOLUTIONAL.toFixed(1)} × where convolutional (${ROUNDS} rounds in turn)`,
  data: 'cifar10',
  async check({ train, dataFolder, root, say }) {
    const figures: string[] = [];
    let holds = true;
    for (const { kind, drawing, data, least } of kinds) {
      const ratios: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const flags = ['--data', join(dataFolder, data), '--epochs', '2', '--engine', 'tensorflow'];
        const { samplesPerSecond: own } = await train(drawing, flags);
        const keras = await figureOfKeras(root, 'keras_speed.py', [kind], 'speed');
        ratios.push(own / keras);
        say(`${kind}: ${own.toFixed(0)} samples/s, Keras ${keras.toFixed(0)}`);
      }
      holds &&= mean(ratios) >= least;
      figures.push(`${kind} ${mean(ratios).toFixed(2)}`);
    }
    return { figure: figures.join(', '), holds };
  },
};
