import type { BlockDefinition } from '../blocks/block';
import type { DocumentBlock } from '../document/graph-document';
import type { Shape } from '../tensors/shape';

/** A block of the encoder with its shapes found. */
export interface Placement {
  readonly block: DocumentBlock;
  readonly definition: BlockDefinition;
  /** The blocks whose wires lead into it, with what each of them gives out; none for the input. */
  readonly sources: readonly { readonly id: string; readonly shape: Shape }[];
  /** What comes along the wire, or along several, joined; a flattening stands before the block where this is not `inputShape`. */
  readonly wireShape: Shape;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}
