import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { seenShape, targetShape } from '../tasks/catalogue';
import { type Shape, valueCount } from '../tensors/shape';
import type { MirrorActivations } from './mirror';

/** What a twin mirrors: the shapes of its block, but for the channels of the target. */
export interface TargetShapes {
  readonly wireShape: Shape;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/**
 * The shapes that twins mirror where the output has other channels than what the encoder is given: the twin that makes the
 * output takes its channels from the target, and what follows it (mirrored pools, a reshape) passes them on. By block;
 * empty where the target is what the encoder is given.
 */
export function targetShapes(
  doc: GraphDocument,
  placements: readonly (TargetShapes & { readonly block: DocumentBlock })[],
  { outputMaker }: MirrorActivations,
): ReadonlyMap<string, TargetShapes> {
  const target = targetShape(doc.task, doc.data.shape);
  const seen = seenShape(doc.task.kind, doc.data.shape);
  const maker = placements.findIndex(({ block }) => block.id === outputMaker);
  if (valueCount(seen) === valueCount(target) || maker < 0) return new Map();
  const channels = { seen: seen.at(-1) ?? 1, target: target.at(-1) ?? 1 };
  const widened = (shape: Shape): Shape => [
    ...shape.slice(0, -1),
    ((shape.at(-1) ?? 1) / channels.seen) * channels.target,
  ];
  return new Map(
    placements.slice(0, maker + 1).map(({ block, wireShape, inputShape, outputShape }, index) => {
      const given = index === maker ? outputShape : widened(outputShape);
      return [
        block.id,
        { wireShape: widened(wireShape), inputShape: widened(inputShape), outputShape: given },
      ];
    }),
  );
}
