import { z } from 'zod';
import { paddedWindows } from '../foreign-builder';
import type { AxisWindows } from '../foreign-layer';
import { refused } from '../refusal';
import { activationOf } from './keras-activation';
import type { KerasLayer } from './keras-layer';

const whole = z.int().min(1).max(65_536);
const sides = z.union([whole, z.array(whole).min(1).max(2)]);
const schema = z.object({
  filters: whole.nullish(),
  depth_multiplier: whole.nullish(),
  kernel_size: sides,
  strides: sides.default(1),
  padding: z.enum(['same', 'valid', 'causal']).default('valid'),
  dilation_rate: sides.default(1),
  groups: whole.default(1),
  use_bias: z.boolean().default(true),
  output_padding: z.union([z.int().min(0), z.array(z.int().min(0)).min(1).max(2)]).nullish(),
  activation: z.unknown(),
});

type Config = z.infer<typeof schema>;

function along(value: number | readonly number[], axis: number): number {
  return typeof value === 'number' ? value : (value[axis] ?? value[0] ?? 1);
}

function windowsOf(config: Config, lengths: readonly number[]): AxisWindows[] {
  return lengths.map((length, axis) => {
    const [kernel, stride] = [along(config.kernel_size, axis), along(config.strides, axis)];
    const dilation = along(config.dilation_rate, axis);
    return paddedWindows({ length, kernel, stride, dilation }, config.padding);
  });
}

/** A convolution of pictures or series; of each channel by itself where it is depthwise. */
export function convolution({ builder, weights, of, config: given }: KerasLayer): void {
  const config = schema.parse(given);
  const channels = builder.shape.at(-1) ?? 1;
  const depthwise = of.type.startsWith('Depthwise');
  const multiplier = config.depth_multiplier ?? 1;
  const filters = depthwise ? channels * multiplier : (config.filters ?? 0);
  const groups = depthwise ? channels : config.groups;
  const windows = windowsOf(config, builder.shape.slice(0, -1));
  const kernelSides = windows.map(({ kernel }) => kernel);
  // A depthwise kernel [sides, channels, multiplier] is that of groups of one channel, [sides, 1, filters].
  const last = depthwise ? [channels, multiplier] : [channels / groups, filters];
  const kernel = weights.take(depthwise ? ['depthwise_kernel', 'kernel'] : ['kernel'], [
    ...kernelSides,
    ...last,
  ]);
  const bias = config.use_bias ? weights.take(['bias'], [filters]) : null;
  const shape = [...windows.map(({ count }) => count), filters];
  builder.push(of, { kind: 'conv', windows, groups, kernel, bias }, shape);
  builder.activation(of, activationOf(of, config.activation));
}

/** A depthwise convolution and one of single places that mixes its channels: two layers. */
export function separable({ builder, weights, of, config: given }: KerasLayer, axes: 1 | 2): void {
  const config = schema.parse(given);
  const channels = builder.shape.at(-1) ?? 1;
  const multiplier = config.depth_multiplier ?? 1;
  const [between, filters] = [channels * multiplier, config.filters ?? 0];
  const windows = windowsOf(config, builder.shape.slice(0, -1));
  const kernelSides = windows.map(({ kernel }) => kernel);
  const depthwise = weights.take(['depthwise_kernel'], [...kernelSides, channels, multiplier]);
  const ones = new Array<number>(axes).fill(1);
  const pointwise = weights.take(['pointwise_kernel'], [...ones, between, filters]);
  const bias = config.use_bias ? weights.take(['bias'], [filters]) : null;
  const places = windows.map(({ count }) => count);
  const first = { kind: 'conv', windows, groups: channels, kernel: depthwise, bias: null } as const;
  builder.push(of, first, [...places, between]);
  const single = places.map((length) => paddedWindows({ length, kernel: 1, stride: 1, dilation: 1 }, 'same'));
  builder.push(of, { kind: 'conv', windows: single, groups: 1, kernel: pointwise, bias }, [
    ...places,
    filters,
  ]);
  builder.activation(of, activationOf(of, config.activation));
}

/** A transposed convolution; what it gives out is as large as Keras on TensorFlow has it. */
export function transposedConvolution({ builder, weights, of, config: given }: KerasLayer): void {
  const config = schema.parse(given);
  if (config.padding === 'causal') throw refused(of, 'its padding is causal');
  const channels = builder.shape.at(-1) ?? 1;
  const filters = config.filters ?? 0;
  const windows = builder.shape.slice(0, -1).map((count, axis): AxisWindows => {
    const [kernel, stride] = [along(config.kernel_size, axis), along(config.strides, axis)];
    const dilation = along(config.dilation_rate, axis);
    const extent = (kernel - 1) * dilation + 1;
    const extra = config.output_padding == null ? null : along(config.output_padding, axis);
    const length = lengthOf({
      count,
      extent,
      stride,
      extra,
      padding: config.padding === 'same' ? 'same' : 'valid',
    });
    const covered = (count - 1) * stride + extent;
    const before = config.padding === 'same' ? Math.floor(Math.max(covered - length, 0) / 2) : 0;
    return { length, count, kernel, stride, dilation, before };
  });
  const kernel = weights.take(['kernel'], [...windows.map((axis) => axis.kernel), filters, channels]);
  const bias = config.use_bias ? weights.take(['bias'], [filters]) : null;
  const shape = [...windows.map(({ length }) => length), filters];
  builder.push(of, { kind: 'conv-transpose', windows, groups: 1, kernel, bias }, shape);
  builder.activation(of, activationOf(of, config.activation));
}

interface Extent {
  readonly count: number;
  readonly extent: number;
  readonly stride: number;
  /** `output_padding`, where it is given. */
  readonly extra: number | null;
  readonly padding: 'same' | 'valid';
}

/** As `compute_conv_transpose_output_shape` of Keras. */
function lengthOf({ count, extent, stride, extra, padding }: Extent): number {
  if (extra === null) return count * stride + (padding === 'valid' ? Math.max(extent - stride, 0) : 0);
  const covered = (count - 1) * stride + extent + extra;
  return padding === 'valid' ? covered : covered - 2 * Math.floor(extent / 2);
}
