import { convolutionBlock } from './convolution';

/** A convolution along a series [length, channels]; its mirror is the transposed convolution. */
export const conv1d = convolutionBlock({
  type: 'conv1d',
  label: 'Convolution 1D',
  mirrorLabel: 'Transposed convolution 1D',
  brief: { label: 'Conv 1D', mirrorLabel: 'Conv T 1D' },
  description: 'Slides small filters along a signal; a stride above 1 shortens it.',
  alsoCalled: ['Conv1DTranspose', 'deconvolution', 'temporal convolution', 'CNN', 'filters'],
  accepts: 'series',
  axes: 1,
  unit: 'values',
  kernelHelp: 'Length of the window each value is computed from.',
  describe: ({ filters, kernel, stride, padding, dilation, groups }) =>
    [
      `${filters} · ${kernel}`,
      Number(stride) > 1 ? ` /${stride}` : '',
      Number(dilation) > 1 ? ` ⇔${dilation}` : '',
      Number(groups) > 1 ? ` g${groups}` : '',
      padding === 'valid' ? ' valid' : '',
    ].join(''),
});
