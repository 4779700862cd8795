import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { nodeOwner } from '../plan/mirror';
import { MAX_BLOCK_NAME } from './document-schema';
import type { DocumentBlock, GraphDocument } from './graph-document';
import { type Group, MAX_GROUP_NAME } from './groups';

/** Why a node or a group cannot be named, or null where it can: a name is the block's, and the twin has it with a prime. */
export function canRename(doc: GraphDocument, nodeId: string): Problem | null {
  return namedBlock(doc, nodeId) || namedGroup(doc, nodeId)
    ? null
    : problem('NOT_NAMEABLE', { node: nodeId }, { nodeId });
}

/**
 * Names a group, or the block that a node is or is the twin of; spaces at the ends go, and what is too long is cut. With an empty name it
 * goes by its kind again (a group keeps its own). Throws ProblemError as `canRename` says.
 */
export function renameBlock(doc: GraphDocument, nodeId: string, name: string): GraphDocument {
  const group = namedGroup(doc, nodeId);
  if (group) return renameGroup(doc, group, plainName(name, MAX_GROUP_NAME));
  const block = namedBlock(doc, nodeId);
  if (!block) throw new ProblemError(problem('NOT_NAMEABLE', { node: nodeId }, { nodeId }));
  const next = plainName(name, MAX_BLOCK_NAME);
  if (next === (block.name ?? '')) return doc;
  const { id, type, params } = block;
  const renamed = next === '' ? { id, type, params } : { id, type, name: next, params };
  return { ...doc, blocks: doc.blocks.map((other) => (other === block ? renamed : other)) };
}

function renameGroup(doc: GraphDocument, group: Group, name: string): GraphDocument {
  if (name === '' || name === group.name) return doc;
  const groups = (doc.groups ?? []).map((other) => (other === group ? { ...group, name } : other));
  return { ...doc, groups };
}

/** In one line and no longer than that; a twin's name is typed as it is shown. */
function plainName(name: string, most: number): string {
  return name.replace(/\s+/g, ' ').trim().replace(/′+$/, '').slice(0, most).trim();
}

function namedGroup(doc: GraphDocument, nodeId: string): Group | undefined {
  return (doc.groups ?? []).find(({ id }) => id === nodeOwner(nodeId).blockId);
}

function namedBlock(doc: GraphDocument, nodeId: string): DocumentBlock | undefined {
  const { blockId, placed } = nodeOwner(nodeId);
  return placed ? undefined : doc.blocks.find(({ id }) => id === blockId);
}
