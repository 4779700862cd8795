import type { Activation, ConvolutionOptions, LayerOps, Pads, Pair } from '../../../shared/blocks/layer-ops';
import type { Shape } from '../../../shared/tensors/shape';
import { transposed } from '../transposed';
import { type Kernel, turnedKernel, ungrouped } from './kernels';
import type { LayerMaking, Network, NetworkLayer } from './network';
import { type Axis, axesOf, fitOf, fits, paddingOf } from './windows';

/** What LayersModel has no layer for. */
export class NoSuchLayer extends Error {
  override readonly name = 'NoSuchLayer';
}

/**
 * A value of the network that is put together: what a layer gives out, or a weight. `open` is a layer whose bias and activation
 * can still be set, as nothing but moving and leaving out was done behind it.
 */
export type LayersValue =
  | { readonly kind: 'output'; readonly layer: NetworkLayer; readonly open?: NetworkLayer }
  | ({ readonly kind: 'weight' } & Kernel);

const BIASED: ReadonlySet<string> = new Set(['Dense', 'Conv2D', 'Conv2DTranspose', 'DepthwiseConv2D']);
/** Keras 3's default negative slope, which Hourglass' leaky ReLU has. */
const SLOPE = 0.2;

interface Site {
  readonly network: Network;
  /** What layers are called that are made here. */
  readonly name: string;
  weight(name: string): Kernel;
}

/** Blocks' own lowering, written as layers of tfjs-layers. @throws NoSuchLayer for what these have not */
export function layersOps({ network, name, weight }: Site): LayerOps<LayersValue> {
  const layerOf = (x: LayersValue): NetworkLayer => {
    if (x.kind === 'output') return x.layer;
    throw new NoSuchLayer('a weight by itself');
  };
  const kernelOf = (x: LayersValue): Kernel => {
    if (x.kind === 'weight') return x;
    throw new NoSuchLayer('a product of two values that both depend on the sample');
  };
  const shapeOf = (x: LayersValue): Shape => (x.kind === 'output' ? x.layer.shape : x.shape);
  const put = (
    making: Omit<LayerMaking, 'name'>,
    inputs: readonly LayersValue[],
    suffix = '',
  ): NetworkLayer => network.add({ ...making, name: `${name}${suffix}` }, ...inputs.map(layerOf));
  const out = (layer: NetworkLayer, open?: NetworkLayer): LayersValue => ({
    kind: 'output',
    layer,
    ...(open ? { open } : {}),
  });
  const own = (layer: NetworkLayer) => out(layer, layer);
  const lacking = (what: string) => (): never => {
    throw new NoSuchLayer(what);
  };

  const reshape = (x: LayersValue, shape: Shape): LayersValue => {
    if (x.kind === 'weight') return { ...x, shape };
    if (String(x.layer.shape) === String(shape)) return x;
    const layer = put({ className: 'Reshape', shape, config: { target_shape: [...shape] } }, [x], '_reshape');
    return out(layer, x.open);
  };
  const permute = (x: LayersValue, dims: readonly number[]): LayersValue => {
    const shape = dims.map((axis) => shapeOf(x)[axis - 1] ?? 0);
    return out(put({ className: 'Permute', shape, config: { dims: [...dims] } }, [x], '_permute'));
  };
  const dense = (x: LayersValue, { shape: [, units = 0], data }: Kernel, suffix = ''): NetworkLayer =>
    put(
      {
        className: 'Dense',
        shape: [...shapeOf(x).slice(0, -1), units],
        config: { units, activation: 'linear', use_bias: false },
        weights: [{ name: 'kernel', shape: [data.length / units, units], data }],
      },
      [x],
      suffix,
    );
  const around = (x: LayersValue, className: 'ZeroPadding2D' | 'Cropping2D', edges: Edges): LayersValue => {
    if (edges.flat().every((edge) => edge === 0)) return x;
    const [height = 0, width = 0, channels = 0] = shapeOf(x);
    const sign = className === 'Cropping2D' ? -1 : 1;
    const [rows, columns] = edges.map(([before, after]) => sign * (before + after));
    const shape = [height + (rows ?? 0), width + (columns ?? 0), channels];
    const key = className === 'Cropping2D' ? 'cropping' : 'padding';
    const suffix = className === 'Cropping2D' ? '_crop' : '_pad';
    const config = { [key]: edges, data_format: 'channels_last' };
    const layer = put({ className, shape, config }, [x], suffix);
    // Cutting leaves a bias and an activation where they are; zeros put around would want them too.
    return out(layer, className === 'Cropping2D' && x.kind === 'output' ? x.open : undefined);
  };
  const convolve = (
    x: LayersValue,
    kernel: Kernel,
    axes: readonly [Axis, Axis],
    groups: number,
  ): LayersValue => {
    const [height, width] = axes;
    const padding = paddingOf(axes);
    const padded =
      padding === null
        ? around(x, 'ZeroPadding2D', [
            [height.before, height.after],
            [width.before, width.after],
          ])
        : x;
    const [, , , filters = 0] = kernel.shape;
    const channels = shapeOf(x).at(-1) ?? 0;
    const config = {
      kernel_size: [height.window, width.window],
      strides: [height.stride, width.stride],
      padding: padding ?? 'valid',
      data_format: 'channels_last',
      activation: 'linear',
      use_bias: false,
    };
    const shape = [height.count, width.count, filters];
    // Its depthwise convolution does not act on a dilation that it is told.
    const isDepthwise = groups > 1 && groups === channels && height.dilation === 1 && width.dilation === 1;
    if (isDepthwise) {
      const weights = [
        {
          name: 'depthwise_kernel',
          shape: [height.window, width.window, channels, filters / channels],
          data: kernel.data,
        },
      ];
      const more = { ...config, depth_multiplier: filters / channels };
      return own(put({ className: 'DepthwiseConv2D', shape, config: more, weights }, [padded]));
    }
    const { shape: whole, data } = ungrouped(kernel, groups);
    const weights = [{ name: 'kernel', shape: whole, data }];
    const more = { ...config, filters, dilation_rate: [height.dilation, width.dilation] };
    return own(put({ className: 'Conv2D', shape, config: more, weights }, [padded]));
  };

  return {
    training: false,
    shapeOf,
    weight(wanted, shape) {
      const kernel = weight(wanted);
      return { kind: 'weight', data: kernel.data, shape: shape ?? kernel.shape };
    },
    matmul: (x, kernel) => own(dense(x, kernelOf(kernel))),
    matmulTransposed(x, kernel) {
      const { shape, data } = kernelOf(kernel);
      return own(dense(x, transposed(shape, data, [1, 0])));
    },
    add: (a, b) => out(put({ className: 'Add', shape: shapeOf(a) }, [a, b], '_add')),
    mul: (a, b) => out(put({ className: 'Multiply', shape: shapeOf(a) }, [a, b], '_multiply')),
    affine: (x, scale, offset) =>
      out(put({ className: 'Rescaling', shape: shapeOf(x), config: { scale, offset } }, [x], '_rescale')),
    scaleChannels: lacking('scales its channels'),
    channelMeans: lacking('takes means over a batch'),
    placeMeans: lacking('takes means over channels'),
    inverseRoot: lacking('takes a root'),
    exp: lacking('takes an exponential'),
    clip: lacking('clips its values'),
    atLeast: lacking('compares its values with a threshold'),
    constant: lacking('gives out the same for every sample'),
    repeat: lacking('repeats its values'),
    random: lacking('draws random numbers'),
    assign: () => {},
    keep: () => {},
    alongAxis(x, axis, matrix) {
      const shape = shapeOf(x);
      const length = shape[axis] ?? 0;
      const mixing = { shape: [length, matrix.length / length], data: Float32Array.from(matrix) };
      const isLast = axis === shape.length - 1;
      const order = shape.map((_, at) => at + 1).filter((at) => at !== axis + 1);
      const dims = [...order, axis + 1];
      const turned = isLast ? x : permute(x, dims);
      const mixed = out(dense(turned, mixing, '_mix'));
      return isLast
        ? mixed
        : permute(
            mixed,
            shape.map((_, at) => dims.indexOf(at + 1) + 1),
          );
    },
    biasAdd(x, bias) {
      const { shape, data } = kernelOf(bias);
      const open = x.kind === 'output' ? x.open : undefined;
      if (open && BIASED.has(open.className) && !open.config.use_bias) {
        open.config.use_bias = true;
        open.weights.push({ name: 'bias', shape, data });
        return x;
      }
      if (shapeOf(x).length !== 3) throw new NoSuchLayer('adds a bias to what is no picture');
      return own(onlyBias(put, x, { shape, data }));
    },
    conv2d(x, kernel, { stride, pads, dilation = [1, 1], groups = 1 }: ConvolutionOptions) {
      const weights = kernelOf(kernel);
      const axes = axesOf(sizeOf(shapeOf(x)), windowOf(weights), [stride, stride], dilation, pads);
      return convolve(x, weights, axes, groups);
    },
    conv2dTranspose(x, kernel, { outputSize, stride, pads, dilation = [1, 1], groups = 1 }) {
      const weights = ungrouped(kernelOf(kernel), groups);
      const windows = windowOf(weights);
      const [, , filters = 0] = weights.shape;
      if (dilation.some((apart) => apart > 1)) {
        // By steps of 1, a transposed convolution is a convolution with its kernel turned.
        const reach = [0, 1].map((at) => ((windows[at] ?? 0) - 1) * (dilation[at] ?? 1));
        const [down = 0, across = 0] = reach;
        const around: Pads = {
          top: down - pads.top,
          bottom: down - pads.bottom,
          left: across - pads.left,
          right: across - pads.right,
        };
        const axes = axesOf(sizeOf(shapeOf(x)), windows, [1, 1], dilation, around);
        return convolve(x, turnedKernel(weights), axes, 1);
      }
      // An axis of one window and one element, as of a series, need not be stretched.
      const strides = outputSize.map((size, at) => (size === 1 && windows[at] === 1 ? 1 : stride));
      const [height, width] = axesOf(outputSize, windows, [strides[0] ?? 1, strides[1] ?? 1], dilation, pads);
      const axes = [height, width] as const;
      const padding = fits(axes, 'same') ? 'same' : 'valid';
      const grown = axes.map(({ count, stride: by, window }) =>
        padding === 'same' ? count * by : count * by + Math.max(window - by, 0),
      );
      const layer = put(
        {
          className: 'Conv2DTranspose',
          shape: [...grown, filters],
          config: {
            filters,
            kernel_size: [...windows],
            strides,
            padding,
            data_format: 'channels_last',
            activation: 'linear',
            use_bias: false,
          },
          weights: [{ name: 'kernel', shape: weights.shape, data: weights.data }],
        },
        [x],
      );
      const [down, across] = [fitOf(height, padding), fitOf(width, padding)];
      const cut = around(own(layer), 'Cropping2D', [
        [down.cutBefore, down.cutAfter],
        [across.cutBefore, across.cutAfter],
      ]);
      return around(cut, 'ZeroPadding2D', [
        [0, down.fillAfter],
        [0, across.fillAfter],
      ]);
    },
    joinGroups(x, parts, groups) {
      const [height = 0, width = 0, channels = 0] = shapeOf(x);
      const apart = reshape(x, [height * width, parts, groups, channels / parts / groups]);
      return reshape(permute(apart, [1, 3, 2, 4]), [height, width, channels]);
    },
    maxPool2d: (x, options) => pool(x, 'MaxPooling2D', options),
    averagePool2d: (x, options) => pool(x, 'AveragePooling2D', options),
    upsampleNearest2d(x, [rows, columns]) {
      const [height = 0, width = 0, channels = 0] = shapeOf(x);
      const config = { size: [rows, columns], data_format: 'channels_last', interpolation: 'nearest' };
      const shape = [height * rows, width * columns, channels];
      return out(put({ className: 'UpSampling2D', shape, config }, [x]));
    },
    slice(x, begin, size) {
      const shape = shapeOf(x);
      const picture = reshape(x, pictureOf(shape));
      const [top = 0, left = 0, first = 0] = pictureOf(begin, 0);
      const [height = 0, width = 0, channels = 0] = pictureOf(shape);
      const [rows = 0, columns = 0, kept = 0] = pictureOf(size);
      const cut = around(picture, 'Cropping2D', [
        [top, height - top - rows],
        [left, width - left - columns],
      ]);
      return reshape(cutChannels(put, out, cut, first, channels - first - kept), size);
    },
    concat(parts, axis) {
      const [first, ...others] = parts.map(shapeOf);
      const length = [first, ...others].reduce((sum, shape) => sum + (shape?.[axis] ?? 0), 0);
      const shape = (first ?? []).with(axis, length);
      return out(put({ className: 'Concatenate', shape, config: { axis: axis + 1 } }, parts, '_concat'));
    },
    reshape,
    activate(x, activation) {
      if (activation === 'linear') return x;
      const shape = shapeOf(x);
      if (activation === 'leakyRelu') {
        return out(put({ className: 'LeakyReLU', shape, config: { alpha: SLOPE } }, [x], '_activation'));
      }
      const open = x.kind === 'output' ? x.open : undefined;
      if (open && x.kind === 'output') {
        open.config.activation = nameOf(activation);
        return out(x.layer);
      }
      const config = { activation: nameOf(activation) };
      return out(put({ className: 'Activation', shape, config }, [x], '_activation'));
    },
  };

  function pool(
    x: LayersValue,
    className: 'MaxPooling2D' | 'AveragePooling2D',
    { size, stride, pads }: { readonly size: Pair; readonly stride: number; readonly pads: Pads },
  ): LayersValue {
    const axes = axesOf(sizeOf(shapeOf(x)), size, [stride, stride], [1, 1], pads);
    const padding = paddingOf(axes);
    if (padding === null) throw new NoSuchLayer('has other pads than “same” and “valid”');
    const config = { pool_size: [...size], strides: [stride, stride], padding, data_format: 'channels_last' };
    const shape = [axes[0].count, axes[1].count, shapeOf(x).at(-1) ?? 0];
    return out(put({ className, shape, config }, [x]));
  }
}

type Edges = readonly (readonly [before: number, after: number])[];
type Put = (
  making: Omit<LayerMaking, 'name'>,
  inputs: readonly LayersValue[],
  suffix?: string,
) => NetworkLayer;

/** A bias by itself: each channel convolved with 1 alone. */
function onlyBias(put: Put, x: LayersValue, { shape, data }: Kernel): NetworkLayer {
  const [channels = 0] = shape;
  const picture = x.kind === 'output' ? x.layer.shape : [];
  return put(
    {
      className: 'DepthwiseConv2D',
      shape: picture,
      config: {
        kernel_size: [1, 1],
        strides: [1, 1],
        padding: 'valid',
        data_format: 'channels_last',
        depth_multiplier: 1,
        activation: 'linear',
        use_bias: true,
      },
      weights: [
        { name: 'depthwise_kernel', shape: [1, 1, channels, 1], data: new Float32Array(channels).fill(1) },
        { name: 'bias', shape, data },
      ],
    },
    [x],
    '_bias',
  );
}

/** Leaves channels out: to a layer that is told the picture's axes in another order, they are its last axis. */
function cutChannels(
  put: Put,
  out: (layer: NetworkLayer) => LayersValue,
  x: LayersValue,
  before: number,
  after: number,
): LayersValue {
  if (before === 0 && after === 0) return x;
  const [height = 0, width = 0, channels = 0] = x.kind === 'output' ? x.layer.shape : [];
  const config = {
    cropping: [
      [0, 0],
      [before, after],
    ],
    data_format: 'channels_first',
  };
  const shape = [height, width, channels - before - after];
  return out(put({ className: 'Cropping2D', shape, config }, [x], '_part'));
}

/** tfjs-layers' own names are those of Keras. */
function nameOf(activation: Exclude<Activation, 'leakyRelu'>): string {
  return activation;
}

/** A shape of any sample, or a place in one, as that of a picture. */
function pictureOf(shape: readonly number[], filling = 1): number[] {
  return [...new Array<number>(3 - shape.length).fill(filling), ...shape];
}

function sizeOf([height = 0, width = 0]: Shape): readonly [number, number] {
  return [height, width];
}

function windowOf({ shape: [height = 0, width = 0] }: Kernel): readonly [number, number] {
  return [height, width];
}
