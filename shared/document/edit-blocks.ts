import { blockOf } from '../blocks/catalogue';
import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { bypassProblem, orderProblem } from '../plan/corruption-order';
import { hasTwin, nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { takesSeveral, wireId } from '../plan/wiring';
import { MAX_BLOCKS } from './document-schema';
import { blockBehindWire, encoderWire, isSkipBetween, shapeProblem } from './edit-wires';
import type { DocumentBlock, GraphDocument, Wire } from './graph-document';
import { withRoom } from './make-room';
import { newBlock } from './new-document';
import { type Position, wholePositions } from './positions';
import { tidy } from './tidy';

/** What is put on a wire: a new block of a type, or a block (or the block of a twin) that is there already. */
export type Inserted = { readonly type: string } | { readonly nodeId: string };

/** The id the next block of a type gets: `code` and `input`, or the first free of `dense-1`, `dense-2`, … */
export function nextBlockId(doc: GraphDocument, type: string): string {
  const taken = new Set(doc.blocks.map(({ id }) => id));
  if (blockOf(type)?.role !== 'layer' && !taken.has(type)) return type;
  let number = 1;
  while (taken.has(`${type}-${number}`)) number += 1;
  return `${type}-${number}`;
}

/** Where something new is put: a block in the encoder, or its twin in the decoder. */
export type Half = 'encoder' | 'decoder';

/** Why no block of this type can be added (there is one input and one code, and not all have a twin), or null. */
export function canAdd(doc: GraphDocument, type: string, half: Half = 'encoder'): Problem | null {
  if (half === 'decoder' && !hasTwin(type)) return encoderOnly(type);
  const role = blockOf(type)?.role;
  const present = doc.blocks.find((block) => blockOf(block.type)?.role === role);
  if (role === 'code' && present) return problem('SECOND_CODE', { ids: `${present.id}, and a new one` });
  if (role === 'input' && present) return problem('SECOND_INPUT', { ids: `${present.id}, and a new one` });
  if (doc.blocks.length >= MAX_BLOCKS) {
    return problem('DOCUMENT_TOO_LARGE', { what: 'blocks', got: doc.blocks.length + 1, limit: MAX_BLOCKS });
  }
  return null;
}

/**
 * Adds an unconnected block and with it its twin; `position` is where the one or the other was dropped. Its id is
 * `nextBlockId`. Throws ProblemError as `canAdd` says.
 */
export function addBlock(
  doc: GraphDocument,
  type: string,
  position?: Position,
  half: Half = 'encoder',
): GraphDocument {
  const wrong = canAdd(doc, type, half);
  if (wrong) throw new ProblemError(wrong);
  const id = nextBlockId(doc, type);
  const nodeId = half === 'decoder' ? twinId(id) : id;
  return tidy({
    ...doc,
    blocks: [...doc.blocks, newBlock(type, id)],
    layout: { ...doc.layout, ...(position ? wholePositions({ [nodeId]: position }) : {}) },
  });
}

export function encoderOnly(type: string): Problem {
  return problem('ENCODER_ONLY', { block: blockOf(type)?.label ?? type });
}

/** Why something cannot be put on a wire of the canvas, or null where it can. */
export function canInsert(doc: GraphDocument, from: string, to: string, inserted: Inserted): Problem | null {
  const behind = blockBehindWire(from, to);
  const onSkip = isSkipBetween(from, to) && blockOf(typeAt(doc, from))?.role !== 'code';
  if (onSkip) return problem('NOTHING_ON_SKIPS', { from, to }, { wireId: wireId(from, to) });
  const follower = doc.blocks.find(({ id }) => id === behind);
  if (!follower) return problem('DANGLING_WIRE', { from, to, missing: behind }, { wireId: wireId(from, to) });
  const block = insertedBlock(doc, inserted);
  if (!block) return null;
  const role = blockOf(block.type)?.role;
  if (role === 'code') return problem('CODE_ENDS_ENCODER', { to: behind }, { nodeId: block.id });
  if (role === 'input') return problem('INTO_INPUT', { from: behind }, { nodeId: block.id });
  if (inDecoder(from, to) && !hasTwin(block.type)) return encoderOnly(block.type);
  const refused = 'type' in inserted ? canAdd(doc, inserted.type) : null;
  if (refused) return refused;
  const source = doc.blocks.find(({ id }) => id === wireUnder(doc, from, to, block)?.from);
  return (
    (source ? orderProblem(source, block) : null) ??
    (follower.id !== block.id ? orderProblem(block, follower) : null) ??
    (source ? shapeProblem(doc, source, block) : null) ??
    // What gives out the shape it takes changes nothing for the block behind it.
    (follower.id !== block.id && hasTwin(block.type) ? shapeProblem(doc, block, follower) : null) ??
    bypassProblem({ blocks: [...doc.blocks, block], wires: wiresThrough(doc, from, to, block) })
  );
}

/** The wire of the encoder that something is dropped on; null on a wire of its own, and where there is none yet. */
function wireUnder(doc: GraphDocument, from: string, to: string, { id }: DocumentBlock): Wire | null {
  const wire = encoderWire(doc, from, to);
  return wire && wire.from !== id && wire.to !== id ? wire : null;
}

/** The wires once a block stands on one of them; as they are where it stands beside that already. */
function wiresThrough(doc: GraphDocument, from: string, to: string, block: DocumentBlock): readonly Wire[] {
  const behind = blockBehindWire(from, to);
  const wire = wireUnder(doc, from, to, block);
  if (behind === block.id || (!wire && encoderWire(doc, from, to))) return doc.wires;
  const closed = closedOver(doc.blocks, doc.wires, block.id);
  return [
    ...closed.filter((other) => other.to !== behind || other.from !== wire?.from),
    ...(wire ? [{ from: wire.from, to: block.id }] : []),
    { from: block.id, to: behind },
  ];
}

/**
 * Puts a new or a present block on a wire of the canvas. On a wire of the decoder its twin is what appears there.
 * `position` is that of the node that was dropped; in a drawing laid out by hand, its neighbours make room. Throws ProblemError as `canInsert` says.
 */
export function insertOnWire(
  doc: GraphDocument,
  from: string,
  to: string,
  inserted: Inserted,
  position?: Position,
): GraphDocument {
  const wrong = canInsert(doc, from, to, inserted);
  if (wrong) throw new ProblemError(wrong);
  const block = insertedBlock(doc, inserted);
  if (!block) return doc;
  const present = 'nodeId' in inserted;
  const asTwin = present ? nodeOwner(inserted.nodeId).twin : inDecoder(from, to);
  const wired: GraphDocument = {
    ...doc,
    blocks: present ? doc.blocks : [...doc.blocks, block],
    wires: wiresThrough(doc, from, to, block),
  };
  return tidy({ ...wired, layout: layoutWith(doc, wired, asTwin ? twinId(block.id) : block.id, position) });
}

/** Where everything stands once a node was dropped on a wire: laid out anew as long as nothing else was moved by hand. */
function layoutWith(
  doc: GraphDocument,
  wired: GraphDocument,
  nodeId: string,
  position: Position | undefined,
): GraphDocument['layout'] {
  const { blockId } = nodeOwner(nodeId);
  const byHand = Object.keys(doc.layout).some((id) => nodeOwner(id).blockId !== blockId);
  const [at] = Object.values(position ? wholePositions({ [nodeId]: position }) : {});
  if (!at) return doc.layout;
  if (byHand) return wholePositions(withRoom(doc, wired, nodeId, at));
  return doc.blocks.some(({ id }) => id === blockId) ? {} : { [nodeId]: at };
}

/** Puts a new block right behind a block of the encoder, on every wire that leaves it. */
export function insertBehind(doc: GraphDocument, blockId: string, type: string): GraphDocument {
  const block = newBlock(type, nextBlockId(doc, type));
  const wires = doc.wires.map((wire) => (wire.from === blockId ? { ...wire, from: block.id } : wire));
  return tidy({
    ...doc,
    blocks: [...doc.blocks, block],
    wires: [...wires, { from: blockId, to: block.id }],
  });
}

function typeAt(doc: GraphDocument, blockId: string): string {
  return doc.blocks.find(({ id }) => id === blockId)?.type ?? '';
}

/** Whether a wire of the canvas is one of the decoder, or the one between the code and its mirror. */
function inDecoder(from: string, to: string): boolean {
  return to === OUTPUT || nodeOwner(from).twin || nodeOwner(to).twin;
}

function insertedBlock(doc: GraphDocument, inserted: Inserted): DocumentBlock | undefined {
  if ('type' in inserted) return newBlock(inserted.type, nextBlockId(doc, inserted.type));
  const { blockId } = nodeOwner(inserted.nodeId);
  return doc.blocks.find(({ id }) => id === blockId);
}

/** Why a node cannot be deleted, or null where it can. */
export function canRemove(doc: GraphDocument, nodeId: string): Problem | null {
  const owner = nodeOwner(nodeId);
  if (nodeId === OUTPUT) {
    return problem('NOT_REMOVABLE', { node: 'The output', why: 'every autoencoder has one' }, { nodeId });
  }
  const block = doc.blocks.find(({ id }) => id === owner.blockId);
  if (block && owner.placed) {
    const why = `${block.id} needs it, being placed where a picture becomes a vector`;
    return problem('NOT_REMOVABLE', { node: nodeId, why }, { nodeId });
  }
  const inputs = doc.blocks.filter((other) => blockOf(other.type)?.role === 'input');
  if (block && blockOf(block.type)?.role === 'input' && inputs.length === 1) {
    return problem('NOT_REMOVABLE', { node: 'The input', why: 'every autoencoder has one' }, { nodeId });
  }
  return null;
}

/**
 * Deletes nodes of the canvas, each with its twin, and closes the chain over them; notes among them go, too. Nodes that
 * cannot be deleted (`canRemove`) stay.
 */
export function removeNodes(doc: GraphDocument, nodeIds: readonly string[]): GraphDocument {
  const removed = new Set(
    nodeIds.filter((nodeId) => !canRemove(doc, nodeId)).map((nodeId) => nodeOwner(nodeId).blockId),
  );
  let wires = doc.wires;
  for (const id of removed) wires = closedOver(doc.blocks, wires, id);
  const notes = (doc.notes ?? []).filter(({ id }) => !nodeIds.includes(id));
  return tidy({ ...doc, blocks: doc.blocks.filter(({ id }) => !removed.has(id)), wires, notes });
}

/**
 * The wires without a block: what came into it leads to where it led. A block that takes one wire is led to by the first
 * of what came in.
 */
export function closedOver(
  blocks: readonly DocumentBlock[],
  wires: readonly Wire[],
  id: string,
): readonly Wire[] {
  const sources = wires.filter((wire) => wire.to === id && wire.from !== id).map(({ from }) => from);
  const targets = wires.filter((wire) => wire.from === id && wire.to !== id).map(({ to }) => to);
  const closed = wires.filter((wire) => wire.from !== id && wire.to !== id);
  for (const to of targets) {
    const several = takesSeveral(blocks.find((block) => block.id === to)?.type);
    for (const from of several ? sources : sources.slice(0, 1)) {
      const there = closed.some((wire) => wire.from === from && wire.to === to);
      if (from !== to && !there) closed.push({ from, to });
    }
  }
  return closed;
}

/** Moves nodes of the canvas and notes, in pixels at zoom 1. Positions of unknown nodes and those that are no numbers are ignored. */
export function moveNodes(doc: GraphDocument, positions: Readonly<Record<string, Position>>): GraphDocument {
  const whole = wholePositions(positions);
  const notes = (doc.notes ?? []).map((note) => ({ ...note, ...whole[note.id] }));
  return tidy({ ...doc, layout: { ...doc.layout, ...whole }, notes });
}
