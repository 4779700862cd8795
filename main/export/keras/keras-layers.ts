import { isLeakyLayer, LEAKY_SLOPES } from '../../../shared/blocks/layer-ops';
import { asPicture } from '../../../shared/blocks/spatial';
import type { GraphDocument } from '../../../shared/document/graph-document';
import { displayName } from '../../../shared/plan/display-names';
import type { Shape } from '../../../shared/tensors/shape';
import { transposedArray } from '../../../shared/tensors/transposed-array';
import type { Network, Operation, Step } from '../network/network';
import { StepNames } from '../network/step-names';
import type { LabFunction } from '../python/lab-code';
import { activationSetting, kerasActivation } from './keras-activations';
import { alongAxes, convolution, cropping, paddingOf, transposedConvolution } from './keras-convolutions';
import type { KerasLayer, LayerConfig, LayerSettings, StepLayers, WeightNumbers } from './keras-layer';

/** A network as layers of Keras, each behind those it reads. */
export interface KerasNetwork {
  readonly part: Network['part'];
  readonly layers: readonly KerasLayer[];
  readonly input: KerasLayer;
  readonly output: KerasLayer;
  readonly code: KerasLayer;
}

/**
 * A network as Keras 3 has it: layers alone, no code of one's own. They are named after the blocks.
 *
 * @param numbers the trained weights
 */
export function kerasNetwork(
  network: Network,
  document: Pick<GraphDocument, 'blocks'>,
  numbers: WeightNumbers,
): KerasNetwork {
  const names = new StepNames((id) => displayName(document, id));
  const layers: KerasLayer[] = [];
  const madeBy = new Map<string, KerasLayer>();
  for (const step of network.steps) {
    const { before = [], main, behind = [] } = layersOf(step, numbers);
    const name = names.of(step);
    const chain = [
      ...before.map((each) => ({ ...each, name: names.another(`${name}_${each.role}`) })),
      { ...main, name },
      ...behind.map((each) => ({ ...each, name: names.another(`${name}_${each.role}`) })),
    ];
    let inputs = step.inputs.map((input) => layerOf(madeBy, input).name);
    for (const settings of chain) {
      const layer = { ...settings, inputs, layerId: step.layerId };
      layers.push(layer);
      madeBy.set(step.id, layer);
      inputs = [layer.name];
    }
  }
  const { part, input, output, code } = network;
  return {
    part,
    layers,
    input: layerOf(madeBy, input),
    output: layerOf(madeBy, output),
    code: layerOf(madeBy, code),
  };
}

function layerOf(madeBy: ReadonlyMap<string, KerasLayer>, { id }: Step): KerasLayer {
  const layer = madeBy.get(id);
  if (!layer) throw new Error(`The step ${id} has no layer yet.`);
  return layer;
}

type Kind<K extends Operation['kind']> = Step<Extract<Operation, { readonly kind: K }>>;
type Rules = { readonly [K in Operation['kind']]: (step: Kind<K>, numbers: WeightNumbers) => StepLayers };

function layersOf<K extends Operation['kind']>(step: Kind<K>, numbers: WeightNumbers): StepLayers {
  const rule: Rules[K] = rules[step.operation.kind as K];
  return rule(step, numbers);
}

const rules: Rules = {
  input: ({ shape }) => ({ main: { className: 'InputLayer', config: {}, shape } }),
  dense({ operation: { kernel, transposed, bias, activation }, shape }, numbers) {
    const config = {
      units: shape[0] ?? 1,
      ...activationSetting(activation),
      ...(bias ? {} : { use_bias: false }),
    };
    const data = numbers(kernel);
    const own = transposed ? transposedArray(kernel.shape, data, [1, 0]) : { shape: kernel.shape, data };
    const variables = [own, ...(bias ? [{ shape: bias.shape, data: numbers(bias) }] : [])];
    const remark = transposed ? { remark: `the kernel of ${kernel.name.split('/')[0]}, transposed` } : {};
    return { main: { className: 'Dense', config, shape, variables, ...remark } };
  },
  conv: convolution,
  convTranspose: transposedConvolution,
  pool({ operation: { keeps, axes, size, stride, pads }, inputs: [input], shape }) {
    const padding = paddingOf(input?.shape ?? [], size, stride, pads);
    if (!padding) throw new Error('A pool is padded as TensorFlow pads.');
    const className = `${keeps === 'max' ? 'Max' : 'Average'}Pooling${axes}D`;
    const pooled = { pool_size: alongAxes(axes, size) };
    const strides: LayerConfig = stride === size[1] ? {} : { strides: stride };
    const config: LayerConfig = { ...pooled, ...strides, ...(padding === 'same' ? { padding } : {}) };
    return { main: { className, config, shape } };
  },
  upsample: ({ operation: { axes, factor, method }, shape }) => ({
    main: {
      className: `UpSampling${axes}D`,
      config: { size: alongAxes(axes, factor), ...(method === 'bilinear' ? { interpolation: method } : {}) },
      shape,
    },
  }),
  batchNorm: ({ operation: { epsilon, momentum, weights }, shape }, numbers) => ({
    main: {
      className: 'BatchNormalization',
      config: { momentum, epsilon },
      shape,
      variables: [weights.gamma, weights.beta, weights.mean, weights.variance].map((use) => ({
        shape: use.shape,
        data: numbers(use),
      })),
    },
  }),
  layerNorm: ({ operation: { epsilon, weights }, shape }, numbers) => ({
    main: {
      className: 'LayerNormalization',
      config: { epsilon },
      shape,
      variables: [weights.gamma, weights.beta].map((use) => ({ shape: use.shape, data: numbers(use) })),
    },
  }),
  dropout: ({ operation: { rate, wholeChannels }, shape }) => ({
    main: {
      className: wholeChannels ? 'SpatialDropout2D' : 'Dropout',
      config: { rate },
      shape,
      seeded: true,
    },
  }),
  noise({ operation: { deviation }, shape }) {
    if (deviation <= 1) {
      const main = {
        className: 'GaussianNoise',
        config: { stddev: deviation },
        shape,
        seeded: true,
      } as const;
      return { main };
    }
    const remark = `noise of a deviation of ${deviation} in training, more than Keras has`;
    return { main: { className: 'Activation', config: { activation: 'linear' }, shape, remark } };
  },
  activation({ operation: { activation }, shape }) {
    if (!isLeakyLayer(activation))
      return {
        main: { className: 'Activation', config: { activation: kerasActivation(activation) }, shape },
      };
    const config = { negative_slope: LEAKY_SLOPES[activation] ?? 0 };
    return { main: { className: 'LeakyReLU', config, shape } };
  },
  add: ({ shape }) => ({ main: { className: 'Add', config: {}, shape } }),
  concat({ operation: { axis }, shape }) {
    // Keras counts the batch's axis, and takes the last one unless told.
    const config: LayerConfig = axis === shape.length - 1 ? {} : { axis: axis + 1 };
    return { main: { className: 'Concatenate', config, shape } };
  },
  slice: slicing,
  reshape({ shape }) {
    const flat = { className: 'Flatten', config: {}, shape };
    return { main: shape.length === 1 ? flat : reshaping(shape) };
  },
  mix: mixing,
  joinGroups({ operation: { parts, groups }, shape }) {
    const places = shape.slice(0, -1);
    const each = (shape.at(-1) ?? 1) / parts / groups;
    const kept = places.map((_, axis) => axis + 1);
    const apart = [...places, parts, groups, each];
    const turned = [...places, groups, parts, each];
    const last = places.length;
    const order = [...kept, last + 2, last + 1, last + 3];
    const turn: LayerConfig = { dims: order };
    return {
      before: [
        { role: 'split', ...reshaping(apart) },
        { role: 'turn', className: 'Permute', config: turn, shape: turned },
      ],
      main: reshaping(shape),
    };
  },
  scale({ operation: { offset, factor }, shape }) {
    const main = { className: 'Rescaling', config: { scale: oneOrAll(factor) }, shape };
    if (offset.every((value) => value === 0)) return { main };
    // Taken away first, so that nothing is lost of values that lie close together and far from 0.
    const away = { scale: 1, offset: oneOrAll(offset.map((value) => -value)) };
    return { before: [{ role: 'centre', className: 'Rescaling', config: away, shape }], main };
  },
  unscale({ operation: { offset, factor }, shape }) {
    const scale = oneOrAll(factor.map((value) => 1 / value));
    const shift: LayerConfig = offset.every((value) => value === 0) ? {} : { offset: oneOrAll(offset) };
    return { main: { className: 'Rescaling', config: { scale, ...shift }, shape } };
  },
  grey: ({ operation: { weights }, shape }) => ({
    main: {
      className: 'Conv2D',
      config: { filters: 1, kernel_size: 1, use_bias: false, trainable: false },
      shape,
      variables: [{ shape: [1, 1, weights.length, 1], data: Float32Array.from(weights) }],
      remark: 'brightness',
    },
  }),
  lightness: ({ shape }) => called('lightness_of', shape),
  colours: ({ shape }) => called('colours_of', shape),
};

function called(name: LabFunction, shape: Shape): StepLayers {
  return { main: { className: 'Function', config: {}, shape, function: name } };
}

function reshaping(shape: Shape): LayerSettings {
  return { className: 'Reshape', config: { target_shape: shape }, shape };
}

function oneOrAll(numbers: readonly number[]): number | readonly number[] {
  const [first = 0, ...others] = numbers;
  return others.length === 0 ? first : numbers;
}

/** Places of a picture or a series are cropped; channels, and values of a vector, are taken out. */
function slicing({ operation: { begin }, inputs: [input], shape }: Kind<'slice'>): StepLayers {
  const from = input?.shape ?? [];
  const last = shape.length - 1;
  const [first = 0, end = 0] = [begin[last], (begin[last] ?? 0) + (shape[last] ?? 0)];
  const takesAll = first === 0 && end === from[last];
  const channels: LayerSettings = { className: 'GetItem', config: {}, shape, channels: [first, end] };
  if (shape.length === 1) return { main: channels };
  const axes = shape.length === 2 ? 1 : 2;
  const [top, left] = axes === 1 ? [0, begin[0] ?? 0] : [begin[0] ?? 0, begin[1] ?? 0];
  const [height, width] = asPicture(from);
  const [tall, wide] = asPicture(shape);
  const pads = { top, bottom: height - top - tall, left, right: width - left - wide };
  if (Object.values(pads).every((margin) => margin === 0)) return { main: channels };
  const cropped = [...shape.slice(0, -1), from[last] ?? 1];
  const main = cropping(axes, pads, cropped);
  return takesAll ? { main } : { before: [{ role: 'crop', ...main }], main: channels };
}

/** An axis is mixed by a dense layer, which mixes the last one, between two exchanges of axes. */
function mixing({ operation: { axis, matrix }, inputs: [input], shape }: Kind<'mix'>): StepLayers {
  const from = input?.shape ?? [];
  const order = [...shape.keys()].filter((at) => at !== axis);
  const turned = [...order, axis];
  const back = [...shape.keys()].map((at) => turned.indexOf(at));
  const ofShape = (sizes: readonly number[], axes: readonly number[]) => axes.map((at) => sizes[at] ?? 1);
  const dims = (axes: readonly number[]) => ({ dims: axes.map((at) => at + 1) });
  const units = shape[axis] ?? 1;
  return {
    before: [
      { role: 'turn', className: 'Permute', config: dims(turned), shape: ofShape(from, turned) },
      {
        role: 'mix',
        className: 'Dense',
        config: { units, use_bias: false, trainable: false },
        shape: ofShape(shape, turned),
        variables: [{ shape: [from[axis] ?? 1, units], data: Float32Array.from(matrix) }],
      },
    ],
    main: { className: 'Permute', config: dims(back), shape },
  };
}
