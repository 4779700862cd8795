import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { nodeOwner } from '../plan/mirror';
import { skipProblem } from '../plan/skips';
import { isTied, tiedProblem } from '../plan/tied';
import type { Join } from '../tensors/join';
import type { DocumentBlock, GraphDocument } from './graph-document';
import { tidy } from './tidy';

/** What is set between a block and its twin: `nodeId` may be either's. */

/** Why a node cannot have this skip to its twin, or null where it can. */
export function canSkip(doc: GraphDocument, nodeId: string, join: Join): Problem | null {
  const block = pairOf(doc, nodeId);
  if (!block) return problem('PAIR_OF_NOTHING', { field: 'skips', id: nodeId }, { nodeId });
  if (join === 'concat' && isTied(doc, block)) return problem('SKIP_TIED', { block: block.id }, { nodeId });
  return skipProblem(block, join);
}

/** Sets how a block's output joins its twin's input, or takes the skip off (null). Throws ProblemError as `canSkip` says. */
export function setSkip(doc: GraphDocument, nodeId: string, join: Join | null): GraphDocument {
  const wrong = join && canSkip(doc, nodeId, join);
  if (wrong) throw new ProblemError(wrong);
  const { [nodeOwner(nodeId).blockId]: _before, ...others } = doc.skips;
  return tidy({ ...doc, skips: join ? { ...others, [nodeOwner(nodeId).blockId]: join } : others });
}

/** Ties the weights of a block and its twin, or unties them. Throws ProblemError where they cannot be tied. */
export function setTied(doc: GraphDocument, nodeId: string, tied: boolean): GraphDocument {
  const block = pairOf(doc, nodeId);
  const wrong = block
    ? tiedProblem(doc, block)
    : problem('PAIR_OF_NOTHING', { field: 'tied', id: nodeId }, { nodeId });
  if (tied && wrong) throw new ProblemError(wrong);
  const others = doc.tied.filter((id) => id !== block?.id);
  return tidy({ ...doc, tied: tied && block ? [...others, block.id] : others });
}

function pairOf(doc: GraphDocument, nodeId: string): DocumentBlock | undefined {
  const { blockId, placed } = nodeOwner(nodeId);
  return placed ? undefined : doc.blocks.find(({ id }) => id === blockId);
}
