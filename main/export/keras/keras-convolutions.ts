import type { Pads, Pair } from '../../../shared/blocks/layer-ops';
import { asPicture, slideWindows } from '../../../shared/blocks/spatial';
import type { Shape } from '../../../shared/tensors/shape';
import type { Operation, Step } from '../network/network';
import { activationSetting } from './keras-activations';
import type { KerasValue, KerasVariable, LayerSettings, StepLayers, WeightNumbers } from './keras-layer';

type Kind<K extends Operation['kind']> = Extract<Operation, { readonly kind: K }>;
type Convolution = Kind<'conv'> | Kind<'convTranspose'>;

/** A length or a pair of them, as the layers of one axis and of two want it: one number where both are alike. */
export function alongAxes(axes: 1 | 2, [height, width]: Pair): KerasValue {
  return axes === 1 || height === width ? width : [height, width];
}

/** Keras' word for these pads, where it has one for them. */
export function paddingOf(shape: Shape, size: Pair, stride: number, pads: Pads): 'same' | 'valid' | null {
  const { top, bottom, left, right } = pads;
  if (top + bottom + left + right === 0) return 'valid';
  const same = slideWindows(asPicture(shape), size, stride, 'same').pads;
  const holds = same.top === top && same.bottom === bottom && same.left === left && same.right === right;
  return holds ? 'same' : null;
}

function extentOf({ kernel, dilation, axes }: Convolution): Pair {
  const extent = ((kernel.shape[0] ?? 1) - 1) * dilation + 1;
  return [axes === 1 ? 1 : extent, extent];
}

/** A convolution: grouped ones too, and as many groups as channels as a depthwise one, which processors run natively. */
export function convolution(
  { operation, inputs: [input], shape }: Step<Kind<'conv'>>,
  numbers: WeightNumbers,
): StepLayers {
  const kernel = { shape: operation.kernel.shape, data: numbers(operation.kernel) };
  return convolved(operation, kernel, input?.shape ?? [], shape, numbers);
}

function convolved(
  operation: Convolution,
  kernel: KerasVariable,
  from: Shape,
  shape: Shape,
  numbers: WeightNumbers,
): StepLayers {
  const { axes, stride, pads, dilation, groups, bias, activation } = operation;
  const padding = paddingOf(from, extentOf(operation), stride, pads);
  const [channels, filters, side] = [from.at(-1) ?? 1, shape.at(-1) ?? 1, kernel.shape[0] ?? 1];
  const isDepthwise = groups > 1 && groups === channels;
  const config = {
    ...(isDepthwise ? {} : { filters }),
    kernel_size: side,
    ...(stride > 1 ? { strides: stride } : {}),
    ...(padding === 'same' ? { padding } : {}),
    ...(isDepthwise && filters > channels ? { depth_multiplier: filters / channels } : {}),
    ...(dilation > 1 ? { dilation_rate: dilation } : {}),
    ...(groups > 1 && !isDepthwise ? { groups } : {}),
    ...activationSetting(activation),
    ...(bias ? {} : { use_bias: false }),
  };
  // One filter behind the other: the memory of [k, k, 1, channels · multiplier] is that of [k, k, channels, multiplier].
  const depthwiseShape = [...kernel.shape.slice(0, -2), channels, filters / channels];
  const main: LayerSettings = {
    className: `${isDepthwise ? 'Depthwise' : ''}Conv${axes}D`,
    config,
    shape,
    variables: [
      isDepthwise ? { shape: depthwiseShape, data: kernel.data } : kernel,
      ...(bias ? [{ shape: bias.shape, data: numbers(bias) }] : []),
    ],
  };
  return padding === null ? { before: [zeroPadding(axes, pads, from)], main } : { main };
}

function zeroPadding(axes: 1 | 2, { top, bottom, left, right }: Pads, from: Shape) {
  const [height, width, channels] = asPicture(from);
  const wide = left + width + right;
  return {
    role: 'pad',
    className: `ZeroPadding${axes}D`,
    config: { padding: axes === 1 ? [left, right] : margins(top, bottom, left, right) },
    shape: axes === 1 ? [wide, channels] : [top + height + bottom, wide, channels],
  };
}

function margins(top: number, bottom: number, left: number, right: number): KerasValue {
  return [
    [top, bottom],
    [left, right],
  ];
}

/**
 * A transposed convolution that gives exactly the step's size. Keras' own has neither dilation (on a processor) nor groups: of a
 * stride of 1 it is a convolution with the kernel turned round; else the kernel is filled up with zeros between the groups.
 */
export function transposedConvolution(step: Step<Kind<'convTranspose'>>, numbers: WeightNumbers): StepLayers {
  const {
    operation,
    inputs: [input],
    shape,
  } = step;
  const from = input?.shape ?? [];
  if (operation.stride === 1 && (operation.dilation > 1 || operation.groups > 1)) {
    return turnedRound(operation, from, shape, numbers);
  }
  const { axes, bias, activation, stride, kernel: use, groups } = operation;
  const kernel = betweenGroups({ shape: use.shape, data: numbers(use) }, groups);
  const { padding, outputPadding, crop } = fitted(operation, from, shape);
  const settings = {
    className: `Conv${axes}DTranspose`,
    config: {
      filters: shape.at(-1) ?? 1,
      kernel_size: use.shape[0] ?? 1,
      ...(stride > 1 ? { strides: stride } : {}),
      ...(padding === 'same' ? { padding } : {}),
      ...(outputPadding ? { output_padding: alongAxes(axes, outputPadding) } : {}),
      ...activationSetting(activation),
      ...(bias ? {} : { use_bias: false }),
    },
    variables: [kernel, ...(bias ? [{ shape: bias.shape, data: numbers(bias) }] : [])],
    ...(groups > 1 ? { remark: `${groups} groups, with zeros in the kernel between them` } : {}),
  };
  if (!crop) return { main: { ...settings, shape } };
  const [height, width, channels] = asPicture(shape);
  const { top, bottom, left, right } = crop;
  const whole = axes === 1 ? [left + width + right] : [top + height + bottom, left + width + right];
  return {
    main: { ...settings, shape: [...whole, channels] },
    behind: [{ role: 'crop', ...cropping(axes, crop, shape) }],
  };
}

export function cropping(axes: 1 | 2, { top, bottom, left, right }: Pads, shape: Shape): LayerSettings {
  const config = { cropping: axes === 1 ? [left, right] : margins(top, bottom, left, right) };
  return { className: `Cropping${axes}D`, config, shape };
}

/** How Keras' layer comes to a size: by its `same`, or by what it gives out whole, and that cropped. */
function fitted({ axes, kernel, stride, pads }: Kind<'convTranspose'>, from: Shape, shape: Shape) {
  const side = kernel.shape[0] ?? 1;
  const [rows, columns] = asPicture(from);
  const [height, width] = asPicture(shape);
  const isMultiple = width === columns * stride && (axes === 1 || height === rows * stride);
  const extent = axes === 1 ? ([1, side] as const) : ([side, side] as const);
  const same = slideWindows(asPicture(shape), extent, stride, 'same').pads;
  const isSame = (['top', 'bottom', 'left', 'right'] as const).every((edge) => same[edge] === pads[edge]);
  if (isMultiple && isSame) return { padding: 'same', outputPadding: null, crop: null } as const;
  const along = (count: number, length: number, before: number) => {
    const usual = (count - 1) * stride + Math.max(side, stride);
    const least = (count - 1) * stride + side;
    const end = before + length;
    return { usual, least, end };
  };
  const tall = axes === 1 ? null : along(rows, height, pads.top);
  const wide = along(columns, width, pads.left);
  const isUsual = wide.end <= wide.usual && (!tall || tall.end <= tall.usual);
  const more = (axis: typeof wide) =>
    isUsual ? axis.usual - axis.least : Math.max(0, axis.end - axis.least);
  const left = (axis: typeof wide) => axis.least + more(axis) - axis.end;
  const outputPadding: Pair | null = isUsual ? null : [tall ? more(tall) : 0, more(wide)];
  const crop = {
    top: tall ? pads.top : 0,
    bottom: tall ? left(tall) : 0,
    left: pads.left,
    right: left(wide),
  };
  const isWhole = Object.values(crop).every((margin) => margin === 0);
  return { padding: 'valid', outputPadding, crop: isWhole ? null : crop } as const;
}

/** With a stride of 1: the convolution by the kernel turned round, its two kinds of channels exchanged, of what is padded the more. */
function turnedRound(
  operation: Kind<'convTranspose'>,
  from: Shape,
  shape: Shape,
  numbers: WeightNumbers,
): StepLayers {
  const [tall, wide] = extentOf(operation);
  const { top, bottom, left, right } = operation.pads;
  const pads = {
    top: tall - 1 - top,
    bottom: tall - 1 - bottom,
    left: wide - 1 - left,
    right: wide - 1 - right,
  };
  const kernel = turnedKernel(
    { shape: operation.kernel.shape, data: numbers(operation.kernel) },
    operation.groups,
  );
  return convolved({ ...operation, pads }, kernel, from, shape, numbers);
}

/** [k…, out / groups, in] → [k…, in / groups, out], every axis of the window reversed. */
function turnedKernel({ shape, data }: KerasVariable, groups: number): KerasVariable {
  const [perGroup = 1, channelsIn = 1] = shape.slice(-2);
  const places = data.length / (perGroup * channelsIn);
  const each = channelsIn / groups;
  const turned = new Float32Array(data.length);
  let at = 0;
  for (let place = places - 1; place >= 0; place--) {
    for (let from = 0; from < each; from++) {
      for (let group = 0; group < groups; group++) {
        for (let to = 0; to < perGroup; to++) {
          turned[at++] = data[(place * perGroup + to) * channelsIn + group * each + from]!;
        }
      }
    }
  }
  return { shape: [...shape.slice(0, -2), each, perGroup * groups], data: turned };
}

/** [k…, out / groups, in] → [k…, out, in], with zeros where a channel is of another group. */
function betweenGroups({ shape, data }: KerasVariable, groups: number): KerasVariable {
  if (groups === 1) return { shape, data };
  const [perGroup = 1, channelsIn = 1] = shape.slice(-2);
  const each = channelsIn / groups;
  const out = perGroup * groups;
  const places = data.length / (perGroup * channelsIn);
  const filled = new Float32Array(data.length * groups);
  for (let place = 0; place < places; place++) {
    for (let to = 0; to < out; to++) {
      const first = Math.floor(to / perGroup) * each;
      for (let from = first; from < first + each; from++) {
        filled[(place * out + to) * channelsIn + from] =
          data[(place * perGroup + (to % perGroup)) * channelsIn + from]!;
      }
    }
  }
  return { shape: [...shape.slice(0, -2), out, channelsIn], data: filled };
}
