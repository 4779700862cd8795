import { blockOf } from '../blocks/catalogue';
import { kernelInitializer } from '../blocks/layer-parameters';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { formatShape, sameShape } from '../tensors/shape';
import type { Placement } from './placement';
import type { TargetShapes } from './target-shapes';
import type { Wiring } from './wiring';

/**
 * Tied weights: a twin uses the kernels of its encoder block, transposed, and has only a bias of its own, so that the
 * two halves have about half the parameters (as in Vincent et al. 2010).
 */

/** Why the weights of a block and its twin cannot be tied, or null where they can. */
export function tiedProblem(doc: GraphDocument, { id, type }: DocumentBlock): Problem | null {
  const definition = blockOf(type);
  const refusal = (why: string) =>
    problem('TIED_IMPOSSIBLE', { block: id, why }, { nodeId: id, path: 'tied' });
  if (!definition?.mirror) return refusal('it has no twin');
  if (!definition.tiedMirror)
    return refusal(`a block of the kind “${definition.label}” has none that both could use`);
  if (doc.skips[id] === 'concat') {
    return refusal(
      'its skip concatenates, so the twin takes twice the channels and needs a kernel of its own',
    );
  }
  return null;
}

/** Everything wrong with the ties of a drawing. */
export function tiedProblems(doc: GraphDocument, wiring: Wiring): Problem[] {
  return doc.tied.flatMap((id) => {
    const block = wiring.blocks.get(id);
    if (!block) return [problem('PAIR_OF_NOTHING', { field: 'tied', id }, { path: 'tied' })];
    return tiedProblem(doc, block) ?? [];
  });
}

/** The ties of twins that are to make other channels than their blocks take, as those of the target's are. */
export function tiedShapeProblems(
  doc: GraphDocument,
  placements: readonly Placement[],
  targets: ReadonlyMap<string, TargetShapes>,
): Problem[] {
  return placements.flatMap(({ block, inputShape }) => {
    const made = targets.get(block.id)?.inputShape ?? inputShape;
    if (!isTied(doc, block) || sameShape(made, inputShape)) return [];
    const why = `the target asks the twin for ${formatShape(made)}, but the block takes ${formatShape(inputShape)}`;
    return [problem('TIED_IMPOSSIBLE', { block: block.id, why }, { nodeId: block.id, path: 'tied' })];
  });
}

/** Whether a block's twin uses its weights. */
export function isTied(doc: GraphDocument, block: DocumentBlock): boolean {
  return doc.tied.includes(block.id) && tiedProblem(doc, block) === null;
}

/** Whether a parameter says something of a kernel alone, which a tied twin has none of. */
export function ofOwnKernel(type: string, param: string): boolean {
  return blockOf(type)?.params[param] === kernelInitializer;
}
