import type { BlockDefinition } from '../blocks/block';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { formatShape, type Shape } from '../tensors/shape';

/** Why a block can't take a shape, by its kind; null where it can, or where a flattening makes it fit. */
export function refusedShape(
  { accepts, label: block }: BlockDefinition,
  shape: Shape,
  nodeId: string,
): Problem | null {
  const values = { block, shape: describeShape(shape) };
  if (accepts === 'picture' && shape.length !== 3) return problem('NEEDS_PICTURE', values, { nodeId });
  if (accepts === 'series' && shape.length !== 2) return problem('NEEDS_SERIES', values, { nodeId });
  return null;
}

/** `a vector of 784 values`, `a series of 140×1`, `28×28×1`. */
function describeShape(shape: Shape): string {
  if (shape.length === 1) return `a vector of ${formatShape(shape)} values`;
  return shape.length === 2 ? `a series of ${formatShape(shape)}` : formatShape(shape);
}
