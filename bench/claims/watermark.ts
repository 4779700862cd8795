import { join } from 'node:path';
import { type Claim, known } from './claim';

const LEAST_GAIN = 11;

export const watermark: Claim = {
  name: 'watermark',
  bar: `CIFAR-10 pictures, 10,000 to train, text at 60% opacity, skips, 10 epochs: PSNR inside the marked area at least ${LEAST_GAIN} dB above the input's`,
  data: 'cifar10',
  async check({ train, dataFolder }) {
    const run = await train('cifar-watermark', ['--data', join(dataFolder, 'cifar10'), '--epochs', '10']);
    const { psnr, inputPsnr } = known(known(run.test, 'test figures').covered, 'figures of the marked area');
    const gain = psnr - inputPsnr;
    return {
      figure: `${inputPsnr.toFixed(2)} → ${psnr.toFixed(2)} dB: ${gain.toFixed(2)} dB more`,
      holds: gain >= LEAST_GAIN,
    };
  },
};
