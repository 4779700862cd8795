import { join } from 'node:path';
import { type Claim, known } from './claim';

const LEAST_GAIN = 7;

export const denoising: Claim = {
  name: 'denoising',
  bar: `MNIST, Gaussian σ 0.3, 5 epochs: PSNR of the output at least ${LEAST_GAIN} dB above that of the noisy input`,
  data: 'mnist',
  async check({ train, dataFolder }) {
    const run = await train('mnist-denoise', ['--data', join(dataFolder, 'mnist'), '--epochs', '5']);
    const test = known(run.test, 'test figures');
    const output = known(test.psnr, 'PSNR');
    const input = known(test.baseline?.psnr, 'PSNR of the input');
    return {
      figure: `${output.toFixed(2)} dB, input ${input.toFixed(2)} dB: ${(output - input).toFixed(2)} dB more`,
      holds: output - input >= LEAST_GAIN,
    };
  },
};
