import { poolBlock } from './pool';

/** Max pooling along a series; its mirror enlarges what comes in (see `pool.ts`). */
export const maxPool1d = poolBlock({
  type: 'max-pool1d',
  label: 'Max pool 1D',
  brief: { label: 'Pool 1D', mirrorLabel: 'Upsample' },
  description: 'Keeps the largest value of each window of a signal, channel by channel.',
  alsoCalled: ['MaxPooling1D', 'pooling', 'downsample', 'subsampling', 'UpSampling1D'],
  axes: 1,
  sizeHelp: 'Length of the window the largest value is taken from.',
  pool: (ops, x, options) => ops.maxPool2d(x, options),
});
