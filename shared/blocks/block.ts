import type { Problem } from '../errors/problem';
import type { Join } from '../tensors/join';
import type { Shape } from '../tensors/shape';
import type { LayerOps, WeightSpec } from './layer-ops';
import type { ParameterEntries, ParameterValue, ParameterValues } from './parameter';

/** What a block's rules see of the layer they are asked about. */
export interface LayerContext<P extends ParameterEntries = ParameterEntries> {
  /** The block's parameters, with a twin's deliberate differences already applied. */
  readonly params: ParameterValues<P>;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/** How one half of a block (itself, or its mirror) becomes weights and operations. */
export interface LayerRule<P extends ParameterEntries = ParameterEntries> {
  weights(layer: LayerContext<P>): readonly WeightSpec[];
  /** Everything but the activation, which the compiler adds after it. */
  lower<V>(ops: LayerOps<V>, x: V, layer: LayerContext<P>): V;
}

/** A mirror that uses some of the encoder block's own weights, by their names, and declares only the others. */
export interface TiedRule<P extends ParameterEntries = ParameterEntries> extends LayerRule<P> {
  readonly shares: readonly string[];
  /** What a shared weight would be called were it the mirror's own, and whether it would be the transposed matrix. */
  asOwn(shared: string): { readonly name: string; readonly transposed: boolean };
}

/** Values of several parameters that belong together, to be set at once beside one of them. */
export interface Preset<P extends ParameterEntries = ParameterEntries> {
  /** The parameter it is offered beside. */
  readonly param: string & keyof P;
  readonly label: string;
  /** One sentence: what it makes of the block. */
  readonly help: string;
  /** What it sets, where this shape comes in. */
  values(params: ParameterValues<P>, inputShape: Shape): Readonly<Record<string, ParameterValue>>;
}

/**
 * One kind of block. A new block is one file that exports this, its test, and one line in `catalogue.ts`;
 * palette, inspector, document schema, validation, planner and compiler follow from it.
 */
export interface BlockDefinition<P extends ParameterEntries = ParameterEntries> {
  readonly type: string;
  /**
   * Whether it spoils samples before they are encoded, for a network that learns to mend them: unlike noise, it does so in
   * evaluation as well, and what it gives out is shown as what the network was given. It stands right after the input.
   */
  readonly corrupts?: true;
  /** Where it may stand: once at the start, anywhere between, or once in the middle. */
  readonly role: 'input' | 'layer' | 'code';
  readonly label: string;
  /** What its decoder twin is called: “Transposed convolution”, “Upsample”; null exactly where there is no mirror. */
  readonly mirrorLabel: string | null;
  /** Both names in at most eight letters, for drawings seen from afar; left out where the names are that short. */
  readonly brief?: { readonly label: string; readonly mirrorLabel: string | null };
  /** One sentence for the palette. */
  readonly description: string;
  /** What else people call it, or its mirror, so that it is found by these names too: “fully connected”, “Conv2D”. */
  readonly alsoCalled?: readonly string[];
  readonly params: P;
  /** The parameter that says how many values or channels come out, where the block has one. */
  readonly width?: string;
  readonly presets?: readonly Preset<P>[];
  /** Shapes it takes. Where a `vector` block meets another shape, the planner places a flattening. */
  readonly accepts: 'any' | 'vector' | 'series' | 'picture';
  /**
   * How what several wires bring becomes one value, where the block takes more than one; its rules see the joined shape.
   * The mirror of a sum hands on what comes in, that of a concatenation too: the planner gives each source its part.
   */
  readonly joins?: Join;
  /** Its parameters at a glance, for the face of the block: `64`, `32 · 3×3 /2`. */
  describe(params: ParameterValues<P>): string;
  /** Everything wrong with these parameters at this input shape; `nodeId` is the block's own. */
  problems(params: ParameterValues<P>, inputShape: Shape, nodeId: string): readonly Problem[];
  /** Whether it keeps a network from copying its input, even where its code is not narrower; left out where it never does. */
  regularises?(params: ParameterValues<P>): boolean;
  /** The shape rule. Called only where `problems` found no error. */
  outputShape(params: ParameterValues<P>, inputShape: Shape): Shape;
  readonly encoder: LayerRule<P>;
  /**
   * Of a block that corrupts, which values it changes: 1 for those, 0 for others, by the random numbers of its lowering.
   * Left out where it changes all.
   */
  covers?<V>(ops: LayerOps<V>, layer: LayerContext<P>): V;
  /**
   * The adjoint: takes the encoder's output shape back to exactly its input shape. Null for a block that stands in
   * the encoder alone, such as noise: it gives out the shape it takes, whatever that is, so it accepts no `vector`.
   */
  readonly mirror: LayerRule<P> | null;
  /** The mirror with the encoder's weights transposed in place of its own; left out where they cannot be tied. */
  readonly tiedMirror?: TiedRule<P>;
  /**
   * Whether the mirror still restores the input where more channels (of a vector: values) come in than the encoder
   * gives out, as a concatenated skip brings them. So it is where kernels take the channels in.
   */
  readonly mirrorTakesMore?: boolean;
}
