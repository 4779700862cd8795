import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { nodeOwner } from '../plan/mirror';
import { skipProblem } from '../plan/skips';
import type { Join } from '../tensors/join';
import type { DocumentBlock, GraphDocument } from './graph-document';
import { tidy } from './tidy';

/** What is set between a block and its twin: `nodeId` may be either's. */

/** Why a node cannot have this skip to its twin, or null where it can. */
export function canSkip(doc: GraphDocument, nodeId: string, join: Join): Problem | null {
  const block = pairOf(doc, nodeId);
  return block ? skipProblem(block, join) : problem('SKIP_OF_NOTHING', { id: nodeId }, { nodeId });
}

/** Sets how a block's output joins its twin's input, or takes the skip off (null). Throws ProblemError as `canSkip` says. */
export function setSkip(doc: GraphDocument, nodeId: string, join: Join | null): GraphDocument {
  const wrong = join && canSkip(doc, nodeId, join);
  if (wrong) throw new ProblemError(wrong);
  const { [nodeOwner(nodeId).blockId]: _before, ...others } = doc.skips;
  return tidy({ ...doc, skips: join ? { ...others, [nodeOwner(nodeId).blockId]: join } : others });
}

function pairOf(doc: GraphDocument, nodeId: string): DocumentBlock | undefined {
  const { blockId, placed } = nodeOwner(nodeId);
  return placed ? undefined : doc.blocks.find(({ id }) => id === blockId);
}
