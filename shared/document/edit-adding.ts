import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { hasTwin, nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { addBlock, canAdd, canInsert, type Half, insertOnWire, nextBlockId } from './edit-blocks';
import { connect, encoderEnd, type WireEnd, wireProblem } from './edit-wires';
import type { GraphDocument } from './graph-document';
import { newBlock } from './new-document';
import type { Position } from './positions';

/** Where a new block comes to stand: by itself, at the loose end of a wire begun at a node, or on a wire. */
export type Place =
  | { readonly at: 'canvas'; readonly half: Half }
  | { readonly at: 'end'; readonly of: WireEnd }
  | { readonly at: 'wire'; readonly from: string; readonly to: string };

/** The half that a place lies in, and with it whether a block or its twin appears there. */
export function halfOf(place: Place): Half {
  if (place.at === 'canvas') return place.half;
  const decoder = (nodeId: string) => nodeId === OUTPUT || nodeOwner(nodeId).twin;
  if (place.at === 'end') return decoder(place.of.nodeId) ? 'decoder' : 'encoder';
  return decoder(place.from) || decoder(place.to) ? 'decoder' : 'encoder';
}

/** The id of the node that appears where a block of this type is added: its own, or its twin's. */
export function addedNodeId(doc: GraphDocument, type: string, place: Place): string {
  const id = nextBlockId(doc, type);
  return halfOf(place) === 'decoder' && hasTwin(type) ? twinId(id) : id;
}

/** Why a block of this type cannot be added at a place, or null where it can. Cheap enough to ask for every type. */
export function canAddAt(doc: GraphDocument, type: string, place: Place): Problem | null {
  if (place.at === 'canvas') return canAdd(doc, type, place.half);
  if (place.at === 'wire') return canInsert(doc, place.from, place.to, { type });
  const end = encoderEnd(doc, place.of);
  if ('code' in end) return end;
  const refused = canAdd(doc, type, halfOf(place));
  if (refused) return refused;
  const added = newBlock(type, nextBlockId(doc, type));
  const present = doc.blocks.find(({ id }) => id === end.blockId);
  if (!present) return problem('DANGLING_WIRE', { from: end.blockId, to: added.id, missing: end.blockId });
  const [from, to] = end.side === 'source' ? [present, added] : [added, present];
  return wireProblem(doc, from, to, { nodeId: added.id });
}

/**
 * Adds a block and wires it as its place says, in one edit; `position` is that of the node that appears there. Throws
 * ProblemError as `canAddAt` says.
 */
export function addAt(doc: GraphDocument, type: string, place: Place, position?: Position): GraphDocument {
  const wrong = canAddAt(doc, type, place);
  if (wrong) throw new ProblemError(wrong);
  if (place.at === 'wire') return insertOnWire(doc, place.from, place.to, { type }, position);
  const added = addBlock(doc, type, position, hasTwin(type) ? halfOf(place) : 'encoder');
  if (place.at === 'canvas') return added;
  const nodeId = addedNodeId(doc, type, place);
  const { nodeId: start, side } = place.of;
  return side === 'source' ? connect(added, start, nodeId) : connect(added, nodeId, start);
}
