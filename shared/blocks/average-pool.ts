import { poolBlock } from './pool';

/** Average pooling; its mirror enlarges what comes in (see `pool.ts`). */
export const averagePool = poolBlock({
  type: 'average-pool',
  label: 'Average pool',
  brief: { label: 'Avg pool', mirrorLabel: 'Upsample' },
  description: 'Keeps the mean of each window, channel by channel.',
  alsoCalled: ['AveragePooling2D', 'mean pooling', 'downsample', 'subsampling', 'UpSampling2D'],
  axes: 2,
  sizeHelp: 'Side of the square window the mean is taken of.',
  pool: (ops, x, options) => ops.averagePool2d(x, options),
});
