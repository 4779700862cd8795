import type { Shape } from '../tensors/shape';

/**
 * The activations, named as in Keras 3: leaky ReLU has a slope of 0.2 and GELU is by erf, both Keras' defaults. Of the other slopes
 * there are those that programs have by default or people choose: PyTorch's and ONNX's 0.01, 0.1, and 0.3 of Keras' layer.
 */
export const ACTIVATIONS = [
  'linear',
  'relu',
  'relu6',
  'leakyRelu',
  'leakyRelu001',
  'leakyRelu01',
  'leakyRelu03',
  'elu',
  'selu',
  'gelu',
  'swish',
  'softplus',
  'tanh',
  'sigmoid',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** The slopes below 0 of the leaky ReLUs (Maas et al. 2013). */
export const LEAKY_SLOPES: Readonly<Partial<Record<Activation, number>>> = {
  leakyRelu: 0.2,
  leakyRelu001: 0.01,
  leakyRelu01: 0.1,
  leakyRelu03: 0.3,
};

/** Whether other programs have it as a layer alone, and not by a name that a layer takes: leaky ReLUs but the usual one. */
export function isLeakyLayer(activation: Activation): boolean {
  return activation in LEAKY_SLOPES && activation !== 'leakyRelu';
}

/** Keras' initialisers; `glorotUniform` (Glorot & Bengio 2010) is the default for kernels, `zeros` for biases. */
export const INITIALIZERS = [
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'randomUniform',
  'randomNormal',
  'zeros',
  'ones',
] as const;
export type Initializer = (typeof INITIALIZERS)[number];

/** One tensor of a layer, trainable unless told. Dense kernels are [in, out]; convolution kernels HWIO; biases [channels]. */
export interface WeightSpec {
  /** Unique within its layer: `kernel`, `bias`. The full name is `<layer id>/<name>`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** Fan-in and fan-out as Keras counts them (receptive field × channels), for the scaled initialisers. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** False for what a layer keeps by itself (running means): state that no optimizer changes. */
  readonly trainable?: boolean;
}

/** How random numbers are spread: evenly over [0, 1), or normally with mean 0 and standard deviation 1. */
export type Distribution = 'uniform' | 'normal';

/** One number along the height of a picture and one along its width. */
export type Pair = readonly [height: number, width: number];

/** Zeros (or skipped elements) before and after each spatial axis. */
export interface Pads {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** How a kernel moves over a picture. */
export interface ConvolutionOptions {
  readonly stride: number;
  readonly pads: Pads;
  /** How far its elements lie apart; more than 1 needs a stride of 1. */
  readonly dilation?: Pair;
  /** Into how many runs channels and filters are divided; each run of filters sees its run of channels alone. */
  readonly groups?: number;
}

/**
 * The operations a block may be lowered to. `V` is the executor's own handle of a value; blocks never look
 * inside. Shapes are per sample (no batch axis); pictures are height × width × channels.
 */
export interface LayerOps<V> {
  /** Whether this is for a training step: what acts in training alone passes on unchanged otherwise. */
  readonly training: boolean;
  shapeOf(x: V): Shape;
  /**
   * The layer's own weight declared under this name, or the one it shares with its encoder block; of another shape with
   * as many values where one is given.
   */
  weight(name: string, shape?: Shape): V;
  /** [in] · [in, out] → [out]. */
  matmul(x: V, kernel: V): V;
  /** [in] · [out, in]ᵀ → [out]. */
  matmulTransposed(x: V, kernel: V): V;
  /** The sum of two values of one shape. */
  add(a: V, b: V): V;
  /** The product of two values of one shape, element by element. */
  mul(a: V, b: V): V;
  /** x · factor + shift. */
  affine(x: V, factor: number, shift: number): V;
  /** Multiplies by [channels] along the last axis. */
  scaleChannels(x: V, factors: V): V;
  /** [channels]: the means over the whole batch and all places. */
  channelMeans(x: V): V;
  /** The mean over the channels of every place, in each of its channels. */
  placeMeans(x: V): V;
  /** 1/√x. */
  inverseRoot(x: V): V;
  /** eˣ. */
  exp(x: V): V;
  /** x held between two numbers. */
  clip(x: V, min: number, max: number): V;
  /** 1 where x ≥ threshold, else 0. */
  atLeast(x: V, threshold: number): V;
  /** The same numbers for every sample. */
  constant(values: readonly number[], shape: Shape): V;
  /** Repeats a value along its axes of length 1. */
  repeat(x: V, shape: Shape): V;
  /** Mixes an axis of length n by a constant matrix, n rows (what is mixed) of as many values as shall come out. */
  alongAxis(x: V, axis: number, matrix: readonly number[]): V;
  /** Adds [channels] along the last axis. */
  biasAdd(x: V, bias: V): V;
  /** Kernel HWIO, I being the channels of one group. */
  conv2d(x: V, kernel: V, options: ConvolutionOptions): V;
  /**
   * The adjoint of the conv2d with these options and this kernel (H × W × out / groups × in: the kernel of the convolution
   * it is adjoint to, whose input has `out` channels), restoring exactly `outputSize`.
   */
  conv2dTranspose(x: V, kernel: V, options: ConvolutionOptions & { outputSize: Pair }): V;
  /**
   * Of channels that are `parts` runs of equal length, each of `groups` groups, brings those of a group together, the order
   * of the parts kept: [a₁ a₂ b₁ b₂] → [a₁ b₁ a₂ b₂].
   */
  joinGroups(x: V, parts: number, groups: number): V;
  maxPool2d(x: V, options: { size: Pair; stride: number; pads: Pads }): V;
  /** The mean of what each window covers; the pads are those of `same`, or none, and do not count. */
  averagePool2d(x: V, options: { size: Pair; stride: number; pads: Pads }): V;
  /** Repeats every row and every column so often. */
  upsampleNearest2d(x: V, factor: Pair): V;
  /** A window of a picture or vector, all channels: `begin` and `size` have one entry an axis of the sample. */
  slice(x: V, begin: readonly number[], size: readonly number[]): V;
  /** Joins samples along one axis of the sample (0 = height for a picture). */
  concat(parts: readonly V[], axis: number): V;
  reshape(x: V, shape: Shape): V;
  activate(x: V, activation: Activation): V;
  /**
   * Random numbers of this shape, others for every sample and at every run.
   * @param site says what they are for; unique within its layer.
   */
  random(site: string, shape: Shape, distribution: Distribution): V;
  /** Gives a weight that is not trainable its contents after this training step. */
  assign(weight: string, value: V): void;
  /** Lets the loss see a value beside the layer's output, by a name that is unique within the layer. */
  keep(name: string, x: V): void;
}
