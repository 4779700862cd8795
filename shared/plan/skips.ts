import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { spaceOf } from '../tasks/catalogue';
import { JOINS, type Join, joinedShape } from '../tensors/join';
import { formatShape } from '../tensors/shape';
import { hasTwin, OUTPUT } from './mirror';
import type { Placement } from './placement';
import type { Plan } from './plan';
import type { TargetShapes } from './target-shapes';
import type { Wiring } from './wiring';

/**
 * Skips between twins (U-Net, Ronneberger et al. 2015): what an encoder block gives out joins what its twin takes in,
 * so that detail need not pass the code.
 */

/** Why a block cannot have this skip to its twin, or null where it can. */
export function skipProblem({ id, type }: DocumentBlock, join: Join): Problem | null {
  const definition = blockOf(type);
  const where = { nodeId: id, path: `skips.${id}` };
  if (definition?.role === 'code') {
    return problem('SKIP_IMPOSSIBLE', { block: id, why: 'the code feeds its twin already' }, where);
  }
  if (!definition || !hasTwin(type)) {
    return problem('SKIP_IMPOSSIBLE', { block: id, why: 'there is none' }, where);
  }
  if (join === 'concat' && !definition.mirrorTakesMore) {
    const mirror = (definition.mirrorLabel ?? '').toLowerCase();
    return problem('SKIP_CONCAT', { block: id, mirror }, where);
  }
  return null;
}

/** The ways in which a block can have a skip, the usual one first: U-Net concatenates. */
export function possibleSkips(doc: Pick<GraphDocument, 'tied'>, block: DocumentBlock): readonly Join[] {
  const tied = doc.tied.includes(block.id);
  return JOINS.toReversed().filter((join) => {
    return skipProblem(block, join) === null && !(tied && join === 'concat');
  });
}

/** Everything wrong with the skips of a drawing. */
export function skipProblems(doc: GraphDocument, wiring: Wiring): Problem[] {
  return Object.entries(doc.skips).flatMap(([id, join]) => {
    const block = wiring.blocks.get(id);
    if (!block) return [problem('PAIR_OF_NOTHING', { field: 'skips', id }, { path: `skips.${id}` })];
    return skipProblem(block, join) ?? [];
  });
}

/** The skips that bring a twin other channels than it takes, being on the way of the target's (a colouring's pools). */
export function skipShapeProblems(
  doc: GraphDocument,
  placements: readonly Placement[],
  targets: ReadonlyMap<string, TargetShapes>,
): Problem[] {
  return placements.flatMap(({ block, outputShape }) => {
    const join = skipOf(doc, block);
    const taken = targets.get(block.id)?.outputShape ?? outputShape;
    if (!join || joinedShape([taken, outputShape], join)) return [];
    const values = { block: block.id, gives: formatShape(outputShape), takes: formatShape(taken) };
    return [problem('SKIP_SHAPES', values, { nodeId: block.id, path: `skips.${block.id}` })];
  });
}

/** How a block's skip joins, where it has one that can be. */
export function skipOf(doc: GraphDocument, block: DocumentBlock): Join | null {
  const join = doc.skips[block.id];
  return join !== undefined && skipProblem(block, join) === null ? join : null;
}

/**
 * Why no sample can be made of a code alone, or null where one can: skips bring the decoder more than the code holds, or what
 * it gives out needs the lightness of what was seen.
 *
 * @param plan its layers, in the order they run
 */
export function decodeProblem({ layers, task }: Pick<Plan, 'layers' | 'task'>): Problem | null {
  if (spaceOf(task) === 'lab') return problem('CODE_WITHOUT_LIGHTNESS', undefined, { nodeId: OUTPUT });
  const decoder = new Set(layers.filter(({ half }) => half === 'decoder').map(({ id }) => id));
  const code = layers.find(({ half }) => half === 'code')?.id;
  const around = layers
    .filter(({ id }) => decoder.has(id))
    .flatMap(({ inputs }) => inputs.filter((id) => id !== code && !decoder.has(id)));
  if (around.length === 0) return null;
  return problem('CODE_NOT_ENOUGH', { blocks: around.join(', ') }, { nodeId: code ?? OUTPUT });
}
