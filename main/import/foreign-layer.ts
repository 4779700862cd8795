import type { Activation } from '../../shared/blocks/layer-ops';
import type { Shape } from '../../shared/tensors/shape';

/**
 * What readers of other programs' files make of them: a list of layers, each feeding the next, channels last, weights as
 * float32 in Keras' layout. It says what the layers compute, not yet how they are drawn.
 */
export type ForeignLayer =
  | ForeignDense
  | ForeignConvolution
  | ForeignPool
  | ForeignResample
  | ForeignBorder
  | ForeignBatchNorm
  | ForeignLayerNorm
  | ForeignRearrangement
  | (ForeignBase & { readonly kind: 'activation'; readonly activation: Activation })
  | (ForeignBase & { readonly kind: 'dropout'; readonly rate: number; readonly wholeChannels: boolean })
  | (ForeignBase & { readonly kind: 'noise'; readonly deviation: number })
  /** x · scale + offset. */
  | (ForeignBase & { readonly kind: 'rescale'; readonly scale: number; readonly offset: number });

export interface ForeignBase {
  /** As the file calls it: `conv2d_1`. */
  readonly name: string;
  /** Its kind as the file has it: `Conv2D`, `Gemm`. */
  readonly type: string;
  /** Of one sample. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Where the file keeps encoder and decoder as models of their own: the one it belongs to. */
  readonly half?: 'encoder' | 'decoder';
}

export interface ForeignDense extends ForeignBase {
  readonly kind: 'dense';
  /** [in, out]. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array | null;
}

/**
 * How windows lie along one axis: `count` of them, the first beginning `before` in front of the first of `length` values.
 * Of a transposed convolution the windows are what comes in, and the values what goes out.
 */
export interface AxisWindows {
  readonly length: number;
  readonly count: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

export interface ForeignConvolution extends ForeignBase {
  readonly kind: 'conv' | 'conv-transpose';
  /** One an axis: of a series one, of a picture two. */
  readonly windows: readonly AxisWindows[];
  readonly groups: number;
  /** Sides, then [in / groups, out]; transposed, as of the convolution it is adjoint to: [out / groups, in]. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array | null;
}

export interface ForeignPool extends ForeignBase {
  readonly kind: 'max-pool' | 'average-pool';
  readonly windows: readonly AxisWindows[];
}

/** Enlarges: each value that goes out is the one at a place of what comes in, or lies between its two neighbours. */
export interface ForeignResample extends ForeignBase {
  readonly kind: 'resample';
  readonly method: 'nearest' | 'bilinear';
  /** Of each axis: for every index that goes out, the place it comes from; whole numbers for `nearest`. */
  readonly places: readonly (readonly number[])[];
}

/** Zeros around what comes in, or its border cut off; an entry an axis. */
export interface ForeignBorder extends ForeignBase {
  readonly kind: 'pad' | 'crop';
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Over the last axis. */
export interface ForeignBatchNorm extends ForeignBase {
  readonly kind: 'batch-norm';
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
  readonly momentum: number;
}

/** Over the last axis. */
export interface ForeignLayerNorm extends ForeignBase {
  readonly kind: 'layer-norm';
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly epsilon: number;
}

/** The same values in another shape; or with axes exchanged: axis i of what goes out is axis `axes[i]` of what comes in. */
export interface ForeignRearrangement extends ForeignBase {
  readonly kind: 'reshape' | 'permute';
  /** Of `permute`; of `reshape` those that change nothing. */
  readonly axes: readonly number[];
}

/** The losses that a file may name, as we have them. */
export type ForeignLoss = 'mse' | 'bce' | 'mae' | 'huber' | 'cosine';

export interface ForeignModel {
  /** What wrote it, for people: “Keras 3.15”. */
  readonly madeBy: string;
  readonly name: string;
  /** Of one sample, as the file has it. */
  readonly inputShape: Shape;
  readonly layers: readonly ForeignLayer[];
  readonly loss: ForeignLoss | null;
}

/** How many values come out along an axis whose windows lie so; the last ones may reach beyond the end by `after`. */
export function windowCount(
  { length, kernel, stride, dilation, before }: Omit<AxisWindows, 'count'>,
  after: number,
): number {
  return Math.floor((length + before + after - ((kernel - 1) * dilation + 1)) / stride) + 1;
}
