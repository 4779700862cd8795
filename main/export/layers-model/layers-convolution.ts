import type { ConvolutionOptions, Pads, Pair } from '../../../shared/blocks/layer-ops';
import type { Shape } from '../../../shared/tensors/shape';
import { type Kernel, turnedKernel, ungrouped } from './kernels';
import { type LayerSite, type LayersValue, NoSuchLayer, openOutputOf, outputOf, shapeOf } from './layer-site';
import { type Axis, axesOf, fitOf, fits, paddingOf } from './windows';

/** A convolution with a kernel HWIO, I being the channels of one group. */
export function convolution(
  site: LayerSite,
  x: LayersValue,
  kernel: Kernel,
  { stride, pads, dilation = [1, 1], groups = 1 }: ConvolutionOptions,
): LayersValue {
  const axes = axesOf(sizeOf(shapeOf(x)), sizeOf(kernel.shape), [stride, stride], dilation, pads);
  return convolved(site, x, kernel, axes, groups);
}

function convolved(
  site: LayerSite,
  x: LayersValue,
  kernel: Kernel,
  axes: readonly [Axis, Axis],
  groups: number,
): LayersValue {
  const [height, width] = axes;
  const padding = paddingOf(axes);
  const edges = axes.map(({ before, after }) => [before, after] as const);
  const padded = padding === null ? site.padded(x, edges) : x;
  const [, , , filters = 0] = kernel.shape;
  const channels = shapeOf(x).at(-1) ?? 0;
  const config = {
    kernel_size: [height.window, width.window],
    strides: [height.stride, width.stride],
    padding: padding ?? 'valid',
    ...PLAIN,
  };
  const shape = [height.count, width.count, filters];
  // Its depthwise convolution does not act on a dilation that it is told.
  const isDepthwise = groups > 1 && groups === channels && height.dilation === 1 && width.dilation === 1;
  if (isDepthwise) {
    const each = filters / channels;
    const own = [height.window, width.window, channels, each];
    const weights = [{ name: 'depthwise_kernel', shape: own, data: kernel.data }];
    const more = { ...config, depth_multiplier: each };
    return openOutputOf(site.put({ className: 'DepthwiseConv2D', shape, config: more, weights }, [padded]));
  }
  const weights = [{ name: 'kernel', ...ungrouped(kernel, groups) }];
  const more = { ...config, filters, dilation_rate: [height.dilation, width.dilation] };
  return openOutputOf(site.put({ className: 'Conv2D', shape, config: more, weights }, [padded]));
}

/** The adjoint of the convolution with this kernel and these options over pictures of `outputSize`. */
export function transposedConvolution(
  site: LayerSite,
  x: LayersValue,
  kernel: Kernel,
  {
    outputSize,
    stride,
    pads,
    dilation = [1, 1],
    groups = 1,
  }: ConvolutionOptions & { readonly outputSize: Pair },
): LayersValue {
  const whole = ungrouped(kernel, groups);
  const windows = sizeOf(whole.shape);
  if (dilation.some((apart) => apart > 1)) {
    // By steps of 1, a transposed convolution is a convolution with its kernel turned.
    const reach = (at: 0 | 1) => (windows[at] - 1) * dilation[at];
    const around: Pads = {
      top: reach(0) - pads.top,
      bottom: reach(0) - pads.bottom,
      left: reach(1) - pads.left,
      right: reach(1) - pads.right,
    };
    const axes = axesOf(sizeOf(shapeOf(x)), windows, [1, 1], dilation, around);
    return convolved(site, x, turnedKernel(whole), axes, 1);
  }
  // An axis of one window and one element, as of a series, need not be stretched.
  const strideOf = (at: 0 | 1) => (outputSize[at] === 1 && windows[at] === 1 ? 1 : stride);
  const axes = axesOf(outputSize, windows, [strideOf(0), strideOf(1)], dilation, pads);
  const padding = fits(axes, 'same') ? 'same' : 'valid';
  const grown = axes.map(({ count, stride: by, window }) =>
    padding === 'same' ? count * by : count * by + Math.max(window - by, 0),
  );
  const [, , filters = 0] = whole.shape;
  const strides = axes.map((axis) => axis.stride);
  const config = { filters, kernel_size: [...windows], strides, padding, ...PLAIN };
  const weights = [{ name: 'kernel', ...whole }];
  const made = site.put({ className: 'Conv2DTranspose', shape: [...grown, filters], config, weights }, [x]);
  const fitting = axes.map((axis) => fitOf(axis, padding));
  const cut = site.cropped(
    openOutputOf(made),
    fitting.map(({ cutBefore, cutAfter }) => [cutBefore, cutAfter] as const),
  );
  return site.padded(
    cut,
    fitting.map(({ fillAfter }) => [0, fillAfter] as const),
  );
}

/** The largest value, or the mean, of each window. */
export function pool(
  site: LayerSite,
  x: LayersValue,
  className: 'MaxPooling2D' | 'AveragePooling2D',
  { size, stride, pads }: { readonly size: Pair; readonly stride: number; readonly pads: Pads },
): LayersValue {
  const axes = axesOf(sizeOf(shapeOf(x)), size, [stride, stride], [1, 1], pads);
  const padding = paddingOf(axes);
  if (padding === null) throw new NoSuchLayer('has other pads than “same” and “valid”');
  const config = { pool_size: [...size], strides: [stride, stride], padding, data_format: 'channels_last' };
  const shape = [axes[0].count, axes[1].count, shapeOf(x).at(-1) ?? 0];
  return outputOf(site.put({ className, shape, config }, [x]));
}

/** As every convolution begins: its bias and its activation may be set afterwards. */
const PLAIN = { data_format: 'channels_last', activation: 'linear', use_bias: false };

function sizeOf([height = 0, width = 0]: Shape): readonly [number, number] {
  return [height, width];
}
