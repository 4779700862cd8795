import type { Activation, WeightSpec } from '../blocks/layer-ops';
import type { ParameterValue } from '../blocks/parameter';
import type { WeightedLoss } from '../losses/loss-sum';
import type { Task } from '../tasks/catalogue';
import type { Join } from '../tensors/join';
import type { Shape } from '../tensors/shape';

/** The mark of a decoder twin: `conv-2′` is the twin of `conv-2`. U+2032, never an apostrophe. */
export const PRIME = '′';

/** One placed layer: every shape known, every parameter resolved. */
export interface Layer {
  /**
   * The block's id; for a twin the block's id with a prime; for what the planner places, the id of the block it
   * was placed for with `~flatten` (`code~flatten`), and with a prime its reverse (`code~flatten′`), the sum of what
   * comes back to it (`conv-1~sum′`) or a part of what it splits (`concat-1~part-0′`); `output` for the output end.
   */
  readonly id: string;
  /** The document block it comes from, or null for `output`. Twins and flattenings name their encoder block. */
  readonly blockId: string | null;
  /** A block type of the catalogue, or what only the planner places. */
  readonly type: string | 'flatten' | 'reshape' | 'sum' | 'part' | 'output';
  readonly half: 'encoder' | 'code' | 'decoder';
  /** Whether this is the adjoint of `blockId` rather than the block itself. */
  readonly mirrored: boolean;
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Ids of the layers it reads; empty for the input. */
  readonly inputs: readonly string[];
  /** How what several of them give becomes one value of `inputShape`; null where it reads one or none. */
  readonly join: Join | null;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** `linear` where the layer has none of its own (pools, reshapes, output: the last weighted layer has it). */
  readonly activation: Activation;
  readonly weights: readonly WeightSpec[];
  /** Weights of another layer that this one uses too: those of its encoder block, where the two are tied. */
  readonly shared: { readonly layerId: string; readonly weights: readonly WeightSpec[] } | null;
  /** How many trainable numbers the layer has. */
  readonly parameterCount: number;
}

/** An autoencoder with nothing left open: encoder, code and decoder in the order they run. */
export interface Plan {
  /** First the input, last `output`. */
  readonly layers: readonly Layer[];
  /** The index in `layers` of the code. */
  readonly codeIndex: number;
  /** Of what the encoder is given. */
  readonly inputShape: Shape;
  readonly codeShape: Shape;
  /** Of what the network gives out: a sample, or what of it the task asks for (a* and b* of each pixel). */
  readonly targetShape: Shape;
  /** Of a sample, which is what should come out. */
  readonly outputShape: Shape;
  readonly task: Task;
  /** The layer that gives out what the encoder has to go by, where that is not the sample itself. */
  readonly seenId: string | null;
  readonly outputActivation: Activation;
  /** What training lowers is the weighted sum of these. */
  readonly losses: readonly WeightedLoss[];
  readonly parameterCount: number;
}
