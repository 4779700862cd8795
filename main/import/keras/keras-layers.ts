import { z } from 'zod';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { formatShape, valueCount } from '../../../shared/tensors/shape';
import { ForeignBuilder, paddedWindows } from '../foreign-builder';
import type { ForeignLayer } from '../foreign-layer';
import { refused } from '../refusal';
import { activationLayer, activationOf } from './keras-activation';
import type { RawLayer, RawModel } from './keras-config';
import { convolution, separable, transposedConvolution } from './keras-convolutions';
import type { KerasLayer } from './keras-layer';
import { border, pool, upsampling } from './keras-spatial';
import { LayerWeights, type WeightStore } from './keras-weights';

type Reader = (layer: KerasLayer) => void;

/**
 * The layers of a Keras model with their weights.
 *
 * @throws ProblemError that names every layer for which there is no block; or the first whose shape can't be told
 */
export function kerasLayers({ inputShape, layers }: RawModel, store: WeightStore): readonly ForeignLayer[] {
  const unknown = layers.filter(({ className }) => !Object.hasOwn(readers, className));
  const [first, ...others] = unknown.map(({ name, className }) =>
    problem('IMPORT_LAYER_UNKNOWN', { layer: name, type: className }),
  );
  if (first) throw new ProblemError(first, ...others);
  const builder = new ForeignBuilder(inputShape);
  for (const layer of layers) readLayer(builder, layer, store);
  return builder.layers;
}

/** Has a builder take one layer. @throws ProblemError where it can't be read */
export function readLayer(builder: ForeignBuilder, layer: RawLayer, store: WeightStore): void {
  const { className, name, config, half } = layer;
  const of = { name, type: className, ...(half ? { half } : {}) };
  try {
    readers[className]?.({ builder, weights: new LayerWeights(store, layer), of, config });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    throw refused(of, `its ${issue?.path.join('.') || 'config'} can’t be read (${issue?.message ?? ''})`);
  }
}

/** Reads what has a `data_format`: channels first are brought last around it. */
function spatial(rank: 1 | 2, read: (layer: KerasLayer, axes: 1 | 2) => void): Reader {
  return (layer) => {
    const { builder, of, config } = layer;
    if (builder.shape.length !== rank + 1) throw refused(of, `it is given ${formatShape(builder.shape)}`);
    if (config.data_format === 'channels_first') builder.channelsLast(of, () => read(layer, rank));
    else read(layer, rank);
  };
}

const denseSchema = z.object({
  units: z.int().min(1),
  use_bias: z.boolean().default(true),
  activation: z.unknown(),
});

function dense({ builder, weights, of, config }: KerasLayer): void {
  const { units, use_bias: useBias, activation } = denseSchema.parse(config);
  const places = builder.shape.slice(0, -1);
  const inputs = builder.shape.at(-1) ?? 1;
  const kernel = weights.take(['kernel'], [inputs, units]);
  const bias = useBias ? weights.take(['bias'], [units]) : null;
  if (valueCount(places) === 1) {
    if (places.length > 0) builder.reshape(of, [inputs]);
    builder.push(of, { kind: 'dense', kernel, bias }, [units]);
    if (places.length > 0) builder.reshape(of, [...places, units]);
  } else {
    // Of every place by itself: a convolution of one place.
    if (places.length > 2) throw refused(of, `it is given ${formatShape(builder.shape)}`);
    const windows = places.map((length) =>
      paddedWindows({ length, kernel: 1, stride: 1, dilation: 1 }, 'same'),
    );
    builder.push(of, { kind: 'conv', windows, groups: 1, kernel, bias }, [...places, units]);
  }
  builder.activation(of, activationOf(of, activation));
}

const axisSchema = z.union([z.int(), z.array(z.int()).length(1)]).default(-1);
const normalSchema = z.object({
  axis: axisSchema,
  epsilon: z.number().min(0).max(1).default(1e-3),
  momentum: z.number().min(0).max(1).default(0.99),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
  rms_scaling: z.boolean().default(false),
});

function normalisation(kind: 'batch-norm' | 'layer-norm'): Reader {
  return ({ builder, weights, of, config }) => {
    const { axis, epsilon, momentum, center, scale, rms_scaling: rms } = normalSchema.parse(config);
    if (rms) throw refused(of, 'it scales by the root mean square');
    const rank = builder.shape.length;
    const given = typeof axis === 'number' ? axis : (axis[0] ?? -1);
    const channel = given < 0 ? rank + given : given - 1;
    const work = () => {
      const channels = [builder.shape.at(-1) ?? 1];
      const ones = new Float32Array(channels[0] ?? 1).fill(1);
      const gamma = scale ? weights.take(['gamma'], channels) : ones;
      const beta = center ? weights.take(['beta'], channels) : ones.map(() => 0);
      if (kind === 'layer-norm') return builder.push(of, { kind, gamma, beta, epsilon });
      const mean = weights.take(['moving_mean'], channels);
      const variance = weights.take(['moving_variance'], channels);
      const kept = Math.min(momentum, 0.9999);
      builder.push(of, { kind, gamma, beta, mean, variance, epsilon, momentum: kept });
    };
    if (channel === rank - 1) work();
    else if (channel === 0) builder.channelsLast(of, work);
    else throw refused(of, `it normalises along axis ${given}`);
  };
}

const adaptedSchema = z.object({
  axis: z.union([z.int(), z.array(z.int()).max(1), z.null()]).default(-1),
  mean: z.unknown(),
  variance: z.unknown(),
  invert: z.boolean().default(false),
});
/** Keras divides by no smaller deviation than 1e-7; this much less than the smallest ε that counts. */
const ADAPTED_EPSILON = 1e-12;

/** (x − mean) / √variance by numbers of the training data: a normalisation whose γ is 1 and whose β is 0. */
function adapted({ builder, weights, of, config }: KerasLayer): void {
  const { axis, mean: givenMean, variance: givenVariance, invert } = adaptedSchema.parse(config);
  if (invert) throw refused(of, 'it undoes a normalisation');
  const channels = builder.shape.at(-1) ?? 1;
  const [one] = Array.isArray(axis) ? axis : [axis];
  const isLast = one === -1 || one === builder.shape.length;
  if (one !== null && one !== undefined && !isLast) throw refused(of, `it normalises along axis ${one}`);
  const own = isLast ? [channels] : [];
  const numbers = (name: string, given: unknown) => {
    const values = given == null ? weights.take([name], own) : listed.parse([given].flat(4));
    return Float32Array.from({ length: channels }, (_, channel) => values[channel % values.length] ?? 0);
  };
  const [mean, variance] = [numbers('mean', givenMean), numbers('variance', givenVariance)];
  const [gamma, beta] = [new Float32Array(channels).fill(1), new Float32Array(channels)];
  const kind = 'batch-norm';
  builder.push(of, { kind, gamma, beta, mean, variance, epsilon: ADAPTED_EPSILON, momentum: 0.99 });
}
const listed = z.array(z.number()).min(1).max(1_000_000);

const reshapeSchema = z.object({ target_shape: z.array(z.int().min(-1)).min(1).max(5) });
const permuteSchema = z.object({ dims: z.array(z.int().min(1)).min(1).max(5) });

function reshape({ builder, of, config }: KerasLayer): void {
  const { target_shape: target } = reshapeSchema.parse(config);
  const known = target.reduce((product, length) => (length > 0 ? product * length : product), 1);
  builder.reshape(
    of,
    target.map((length) => (length === -1 ? valueCount(builder.shape) / known : length)),
  );
}

/** Keras flattens channels first as if they came last. */
function flatten({ builder, of, config }: KerasLayer): void {
  const rank = builder.shape.length;
  if (config.data_format === 'channels_first' && rank > 1) {
    builder.permute(of, [...Array.from({ length: rank - 1 }, (_, axis) => axis + 1), 0]);
  }
  builder.reshape(of, [valueCount(builder.shape)]);
}

const rateSchema = z.object({ rate: z.number().min(0).lt(1) });
const noiseSchema = z.object({ stddev: z.number().min(0).max(100) });
const scaleSchema = z.object({ scale: z.number(), offset: z.number().default(0) });

function dropout(wholeChannels: boolean): Reader {
  return ({ builder, of, config }) => {
    const rate = Math.min(rateSchema.parse(config).rate, 0.99);
    builder.push(of, { kind: 'dropout', rate, wholeChannels });
  };
}

function activation({ builder, of, config }: KerasLayer): void {
  builder.activation(of, activationLayer(of, of.type, config) ?? 'linear');
}

const nothing: Reader = () => {};

/** Every kind of layer that can be read. */
const readers: Readonly<Record<string, Reader>> = {
  InputLayer: nothing,
  Identity: nothing,
  ActivityRegularization: nothing,
  Dense: dense,
  Conv1D: spatial(1, convolution),
  Conv2D: spatial(2, convolution),
  Convolution1D: spatial(1, convolution),
  Convolution2D: spatial(2, convolution),
  DepthwiseConv1D: spatial(1, convolution),
  DepthwiseConv2D: spatial(2, convolution),
  SeparableConv1D: spatial(1, separable),
  SeparableConv2D: spatial(2, separable),
  Conv1DTranspose: spatial(1, transposedConvolution),
  Conv2DTranspose: spatial(2, transposedConvolution),
  MaxPooling1D: spatial(1, pool('max-pool')),
  MaxPooling2D: spatial(2, pool('max-pool')),
  AveragePooling1D: spatial(1, pool('average-pool')),
  AveragePooling2D: spatial(2, pool('average-pool')),
  UpSampling1D: spatial(1, upsampling),
  UpSampling2D: spatial(2, upsampling),
  ZeroPadding1D: spatial(1, border('pad')),
  ZeroPadding2D: spatial(2, border('pad')),
  Cropping1D: spatial(1, border('crop')),
  Cropping2D: spatial(2, border('crop')),
  BatchNormalization: normalisation('batch-norm'),
  LayerNormalization: normalisation('layer-norm'),
  Normalization: adapted,
  Flatten: flatten,
  Reshape: reshape,
  Permute: ({ builder, of, config }) =>
    builder.permute(
      of,
      permuteSchema.parse(config).dims.map((axis) => axis - 1),
    ),
  Activation: activation,
  ReLU: activation,
  LeakyReLU: activation,
  ELU: activation,
  Dropout: dropout(false),
  SpatialDropout1D: dropout(true),
  SpatialDropout2D: dropout(true),
  GaussianNoise: ({ builder, of, config }) =>
    builder.push(of, { kind: 'noise', deviation: noiseSchema.parse(config).stddev }),
  Rescaling: ({ builder, of, config }) => {
    const { scale, offset } = scaleSchema.parse(config);
    if (scale === 0) throw refused(of, 'it scales by 0');
    builder.push(of, { kind: 'rescale', scale, offset });
  },
};
