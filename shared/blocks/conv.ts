import { convolutionBlock } from './convolution';

/** A two-dimensional convolution; its mirror is the transposed convolution with the same stride, dilation and pads. */
export const conv = convolutionBlock({
  type: 'conv',
  label: 'Convolution',
  mirrorLabel: 'Transposed convolution',
  brief: { label: 'Conv', mirrorLabel: 'Conv T' },
  description: 'Slides small filters over a picture; a stride above 1 shrinks it.',
  alsoCalled: ['Conv2D', 'Conv2DTranspose', 'deconvolution', 'CNN', 'filters'],
  accepts: 'picture',
  axes: 2,
  unit: 'px',
  kernelHelp: 'Side of the square window each value is computed from.',
  describe: ({ filters, kernel, stride, padding, dilation, groups }) =>
    [
      `${filters} · ${kernel}×${kernel}`,
      Number(stride) > 1 ? ` /${stride}` : '',
      Number(dilation) > 1 ? ` ⇔${dilation}` : '',
      Number(groups) > 1 ? ` g${groups}` : '',
      padding === 'valid' ? ' valid' : '',
    ].join(''),
});
