import type { BlockDefinition } from '../blocks/block';
import type { DocumentBlock } from '../document/graph-document';
import type { Shape } from '../tensors/shape';

/** A block of the encoder with its shapes found. */
export interface Placement {
  readonly block: DocumentBlock;
  readonly definition: BlockDefinition;
  /** What comes along the wire; a flattening stands before the block where this is not `inputShape`. */
  readonly wireShape: Shape;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}
