import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { nodeOwner } from '../plan/mirror';
import { MAX_BLOCK_NAME } from './document-schema';
import type { DocumentBlock, GraphDocument } from './graph-document';

/** Why a node cannot be named, or null where it can: a name is its block's, and the twin has it with a prime. */
export function canRename(doc: GraphDocument, nodeId: string): Problem | null {
  return namedBlock(doc, nodeId) ? null : problem('NOT_NAMEABLE', { node: nodeId }, { nodeId });
}

/**
 * Names the block that a node is or is the twin of; spaces at the ends go, and what is too long is cut. With an empty name it
 * goes by its kind again. Throws ProblemError as `canRename` says.
 */
export function renameBlock(doc: GraphDocument, nodeId: string, name: string): GraphDocument {
  const block = namedBlock(doc, nodeId);
  if (!block) throw new ProblemError(problem('NOT_NAMEABLE', { node: nodeId }, { nodeId }));
  // A twin's name is typed as it is shown.
  const plain = name.replace(/\s+/g, ' ').trim().replace(/′+$/, '');
  const next = plain.slice(0, MAX_BLOCK_NAME).trim();
  if (next === (block.name ?? '')) return doc;
  const { id, type, params } = block;
  const renamed = next === '' ? { id, type, params } : { id, type, name: next, params };
  return { ...doc, blocks: doc.blocks.map((other) => (other === block ? renamed : other)) };
}

function namedBlock(doc: GraphDocument, nodeId: string): DocumentBlock | undefined {
  const { blockId, placed } = nodeOwner(nodeId);
  return placed ? undefined : doc.blocks.find(({ id }) => id === blockId);
}
