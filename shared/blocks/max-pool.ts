import { poolBlock } from './pool';

/** Max pooling; its mirror enlarges what comes in (see `pool.ts`). */
export const maxPool = poolBlock({
  type: 'max-pool',
  label: 'Max pool',
  description: 'Keeps the largest value of each window, channel by channel.',
  alsoCalled: ['MaxPooling2D', 'pooling', 'downsample', 'subsampling', 'UpSampling2D', 'unpooling'],
  axes: 2,
  sizeHelp: 'Side of the square window the largest value is taken from.',
  pool: (ops, x, options) => ops.maxPool2d(x, options),
});
