import type { Activation, Pads, Pair } from '../../../shared/blocks/layer-ops';
import type { ExportPart } from '../../../shared/export/export-part';
import type { Shape } from '../../../shared/tensors/shape';

/** A weight of the model, by the name of its tensor (`conv-1/kernel`) and the shape it is kept in. */
export interface WeightUse {
  readonly name: string;
  readonly shape: readonly number[];
}

interface Windows {
  /** 1: along a series [length, channels]. Pairs then begin with 1, and top and bottom are 0. */
  readonly axes: 1 | 2;
  readonly stride: number;
  readonly pads: Pads;
}

interface Convolved extends Windows {
  /** [k, in, out] or [k, k, in, out]; of a transposed one the kernel of the convolution it is adjoint to, [k, k, out / groups, in]. */
  readonly kernel: WeightUse;
  readonly bias: WeightUse | null;
  readonly activation: Activation;
  readonly dilation: number;
  readonly groups: number;
}

/** A pair of numbers for every value of a vector, or one pair for all. */
interface Scaled {
  readonly offset: readonly number[];
  readonly factor: readonly number[];
}

/**
 * What one step of a network does, told as other programs tell it: with bias and activation in the layer, and the
 * convolutions of a series along one axis. Pads are explicit, sizes are those of the steps.
 */
export type Operation =
  | { readonly kind: 'input' }
  | {
      readonly kind: 'dense';
      /** [in, out]; `transposed`: [out, in], the kernel of the layer it mirrors. */
      readonly kernel: WeightUse;
      readonly transposed: boolean;
      readonly bias: WeightUse | null;
      readonly activation: Activation;
    }
  | ({ readonly kind: 'conv' } & Convolved)
  | ({ readonly kind: 'convTranspose' } & Convolved)
  | ({ readonly kind: 'pool'; readonly keeps: 'max' | 'average'; readonly size: Pair } & Windows)
  | {
      readonly kind: 'upsample';
      readonly axes: 1 | 2;
      readonly factor: Pair;
      readonly method: 'nearest' | 'bilinear';
    }
  | {
      readonly kind: 'batchNorm';
      readonly epsilon: number;
      readonly momentum: number;
      readonly weights: Readonly<Record<'gamma' | 'beta' | 'mean' | 'variance', WeightUse>>;
    }
  | {
      readonly kind: 'layerNorm';
      readonly epsilon: number;
      readonly weights: Readonly<Record<'gamma' | 'beta', WeightUse>>;
    }
  /** Acts in training alone, as does the noise. */
  | { readonly kind: 'dropout'; readonly rate: number; readonly wholeChannels: boolean }
  | { readonly kind: 'noise'; readonly deviation: number }
  | { readonly kind: 'activation'; readonly activation: Activation }
  | { readonly kind: 'add' }
  | { readonly kind: 'concat'; readonly axis: number }
  /** The values `size` wide from `begin` on, along every axis of the sample. */
  | { readonly kind: 'slice'; readonly begin: readonly number[] }
  /** The same values in the same order, under another shape. */
  | { readonly kind: 'reshape' }
  /** Mixes an axis by a matrix, a row for each value that is mixed, a column for each that comes out. */
  | { readonly kind: 'mix'; readonly axis: number; readonly matrix: readonly number[] }
  /** [a₁ a₂ b₁ b₂] → [a₁ b₁ a₂ b₂] of channels that are `parts` runs, each of `groups` groups. */
  | { readonly kind: 'joinGroups'; readonly parts: number; readonly groups: number }
  /** (x − offset) · factor, which brings samples to the scale that the model was trained in. */
  | ({ readonly kind: 'scale' } & Scaled)
  /** x / factor + offset, back again. */
  | ({ readonly kind: 'unscale' } & Scaled)
  /** The brightness of colours: the sum of the channels, weighted. */
  | { readonly kind: 'grey'; readonly weights: readonly number[] }
  /** The grey that has the lightness of colours (L*); and colours of such a grey and of a* and b* (`shared/tensors/lab.ts`). */
  | { readonly kind: 'lightness' }
  | { readonly kind: 'colours' };

/** One step. What it reads are steps themselves, so that the last one holds the whole network. */
export interface Step<O extends Operation = Operation> {
  /** Unique in its network: the layer's id, or with a `~` and what it is for (`conv-1~slice`). */
  readonly id: string;
  /** The node of the canvas it belongs to, or what the planner placed. */
  readonly layerId: string;
  readonly operation: O;
  readonly inputs: readonly Step[];
  /** Of what it gives out for a sample, channels last. */
  readonly shape: Shape;
}

/** A part of a trained network as a list of steps, each after those it reads; steps that nothing reads are left out. */
export interface Network {
  readonly part: ExportPart;
  readonly steps: readonly Step[];
  readonly input: Step;
  readonly output: Step;
  /** The step that gives out the code: also the output of an encoder, or the input of a decoder. */
  readonly code: Step;
}
