import { poolBlock } from './pool';

/** Average pooling along a series; its mirror enlarges what comes in (see `pool.ts`). */
export const averagePool1d = poolBlock({
  type: 'average-pool1d',
  label: 'Average pool 1D',
  brief: { label: 'Avg 1D', mirrorLabel: 'Upsample' },
  description: 'Keeps the mean of each window of a signal, channel by channel.',
  alsoCalled: ['AveragePooling1D', 'mean pooling', 'downsample', 'subsampling', 'UpSampling1D'],
  axes: 1,
  sizeHelp: 'Length of the window the mean is taken of.',
  pool: (ops, x, options) => ops.averagePool2d(x, options),
});
