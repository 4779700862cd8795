import { blockOf } from '../blocks/catalogue';
import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { bypassProblem, orderProblem } from '../plan/corruption-order';
import { ownOutputShape } from '../plan/known-shapes';
import { nodeOwner, nodeTakingBack, OUTPUT, twinId } from '../plan/mirror';
import { planDocument } from '../plan/plan-document';
import { refusedShape } from '../plan/refused-shape';
import { possibleSkips } from '../plan/skips';
import { takesSeveral, wireId, wiringOf } from '../plan/wiring';
import type { Join } from '../tensors/join';
import { canSkip, setSkip } from './edit-twins';
import type { DocumentBlock, GraphDocument, Wire } from './graph-document';
import { tidy } from './tidy';

/** A side of a node of the canvas: where wires leave it, or where they enter. */
export interface WireEnd {
  readonly nodeId: string;
  readonly side: 'source' | 'target';
}

/**
 * The side of an encoder block that a side of any node stands for: its own, or across the code that of its twin, where what
 * a twin takes in is what its block gives out. A Problem where the planner alone wires it.
 */
export function encoderEnd(
  doc: GraphDocument,
  { nodeId, side }: WireEnd,
): { readonly blockId: string; readonly side: WireEnd['side'] } | Problem {
  if (nodeId === OUTPUT) {
    const input = doc.blocks.find(({ type }) => blockOf(type)?.role === 'input');
    return input && side === 'target'
      ? { blockId: input.id, side: 'source' }
      : problem('OUTPUT_DERIVED', undefined, { nodeId });
  }
  const { blockId, twin, placed } = nodeOwner(nodeId);
  const across = side === 'source' ? 'target' : 'source';
  const own = twin ? across : side;
  // Between what the planner places and the block it is placed for, there is nothing to wire.
  if (placed && own === 'source') {
    return problem('PLACED_BY_PLANNER', { node: nodeId, block: blockId }, { nodeId });
  }
  return { blockId, side: own };
}

/**
 * Why a wire between two nodes of the canvas cannot be drawn, or null where it can. A block that takes one wire and has it
 * already is free to take another in its place. A wire from a block to its own twin is a skip; one between two nodes of
 * the decoder stands for that between their blocks.
 */
export function canConnect(doc: GraphDocument, from: string, to: string): Problem | null {
  const where = { nodeId: to, wireId: wireId(from, to) };
  if (isSkipBetween(from, to)) return drawnSkip(doc, from).problem;
  const wire = wireBetween(doc, from, to);
  if ('code' in wire) return { ...wire, where };
  if (isDrawn(doc, from, to)) return null;
  const fromBlock = doc.blocks.find(({ id }) => id === wire.from);
  const toBlock = doc.blocks.find(({ id }) => id === wire.to);
  if (!fromBlock || !toBlock) {
    const values = { from, to, missing: fromBlock ? to : from };
    return problem('DANGLING_WIRE', values, where);
  }
  return wireProblem(doc, fromBlock, toBlock, where);
}

/** The wire of the encoder that one drawn between two nodes of the canvas stands for. */
function wireBetween(doc: GraphDocument, from: string, to: string): Wire | Problem {
  const [inDecoder, outDecoder] = [from, to].map((id) => id === OUTPUT || nodeOwner(id).twin);
  if (from === OUTPUT || (to === OUTPUT && !inDecoder)) return problem('OUTPUT_DERIVED', undefined);
  if (inDecoder !== outDecoder) return problem('DECODER_DERIVED', { node: outDecoder ? to : from });
  const source = encoderEnd(doc, { nodeId: from, side: 'source' });
  const target = encoderEnd(doc, { nodeId: to, side: 'target' });
  if ('code' in source) return source;
  if ('code' in target) return target;
  const [first, last] = inDecoder ? [target, source] : [source, target];
  return { from: first.blockId, to: last.blockId };
}

/** Whether the canvas shows this wire of the decoder already, perhaps past blocks that have no twin. */
function isDrawn(doc: GraphDocument, from: string, to: string): boolean {
  if (!nodeOwner(from).twin) return false;
  const wiring = wiringOf(doc);
  const sources = wiring.sources.get(nodeOwner(from).blockId) ?? [];
  return sources.some((id) => nodeTakingBack(wiring, id) === to);
}

/** Why a block, there already or about to be added, cannot lead to another. */
export function wireProblem(
  doc: GraphDocument,
  from: DocumentBlock,
  to: DocumentBlock,
  where: Problem['where'],
): Problem | null {
  if (from.id === to.id) return problem('SELF_WIRE', { block: from.id }, where);
  if (blockOf(to.type)?.role === 'input') return problem('INTO_INPUT', { from: from.id }, where);
  if (blockOf(from.type)?.role === 'code') return problem('CODE_ENDS_ENCODER', { to: to.id }, where);
  const way = wayBetween(doc, to.id, from.id);
  if (way) return problem('CYCLE', { path: [from.id, ...way].join(' → ') }, where);
  const added = [from, to].filter(({ id }) => !doc.blocks.some((block) => block.id === id));
  return (
    orderProblem(from, to) ??
    shapeProblem(doc, from, to) ??
    bypassProblem({
      blocks: [...doc.blocks, ...added],
      wires: withWire(doc.blocks, doc.wires, { from: from.id, to: to.id }),
    })
  );
}

/** The wires with one more, which takes the place of the one that a block with room for one had. */
function withWire(blocks: readonly DocumentBlock[], wires: readonly Wire[], wire: Wire): readonly Wire[] {
  const several = takesSeveral(blocks.find(({ id }) => id === wire.to)?.type);
  const others = wires.filter(({ from, to }) => to !== wire.to || (several && from !== wire.from));
  return [...others, wire];
}

/** Whether a block would refuse, by its kind, what another gives out. */
export function shapeProblem(doc: GraphDocument, from: DocumentBlock, to: DocumentBlock): Problem | null {
  const shape = planDocument(doc).shapes.get(from.id)?.outputShape ?? ownOutputShape(from);
  const definition = blockOf(to.type);
  return shape && definition ? refusedShape(definition, shape, to.id) : null;
}

/** The blocks from one to another along the wires, both included, or null where no way leads there. */
function wayBetween(doc: GraphDocument, start: string, end: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [start];
  const targets = new Map<string, string[]>();
  for (const wire of doc.wires) targets.set(wire.from, [...(targets.get(wire.from) ?? []), wire.to]);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === end) {
      const way = [id];
      for (let at = id; at !== start; ) {
        at = cameFrom.get(at) ?? start;
        way.unshift(at);
      }
      return way;
    }
    for (const to of targets.get(id) ?? []) {
      if (to === start || cameFrom.has(to)) continue;
      cameFrom.set(to, id);
      open.push(to);
    }
  }
  return null;
}

/** Whether a wire between these nodes leads from a block to its twin. */
export function isSkipBetween(from: string, to: string): boolean {
  return to === twinId(from);
}

/** The skip that drawing a wire from a block to its twin makes: the present one, or else the usual. */
function drawnSkip(doc: GraphDocument, blockId: string): { problem: Problem | null; join: Join } {
  const block = doc.blocks.find(({ id }) => id === blockId);
  const join = doc.skips[blockId] ?? (block && possibleSkips(doc, block)[0]) ?? 'add';
  return { problem: canSkip(doc, blockId, join), join };
}

/** Draws a wire; it replaces the one that came into `to` before, unless several may. Throws ProblemError as `canConnect` says. */
export function connect(doc: GraphDocument, from: string, to: string): GraphDocument {
  const wrong = canConnect(doc, from, to);
  if (wrong) throw new ProblemError(wrong);
  if (isSkipBetween(from, to)) return setSkip(doc, from, drawnSkip(doc, from).join);
  const wire = wireBetween(doc, from, to);
  if ('code' in wire || isDrawn(doc, from, to)) return doc;
  if (doc.wires.some((other) => other.from === wire.from && other.to === wire.to)) return doc;
  return tidy({ ...doc, wires: withWire(doc.blocks, doc.wires, wire) });
}

/** Removes the wire that a wire of the canvas stands for, be it of the encoder, its mirror, or a skip. */
export function disconnect(doc: GraphDocument, from: string, to: string): GraphDocument {
  if (isSkipBetween(from, to)) return setSkip(doc, from, null);
  const wire = encoderWire(doc, from, to);
  if (!wire) return doc;
  return tidy({
    ...doc,
    wires: doc.wires.filter((other) => other.from !== wire.from || other.to !== wire.to),
  });
}

/**
 * The block before which something dropped on a wire of the canvas comes to stand. A wire of the encoder leads
 * into that block; a wire of the decoder leads out of its twin (or out of the code).
 */
export function blockBehindWire(from: string, to: string): string {
  const source = nodeOwner(from);
  return source.twin ? source.blockId : nodeOwner(to).blockId;
}

/**
 * The wire of the document that a wire of the canvas stands for; null for those that have none. Where several lead into
 * one block, a wire of the decoder stands for the one by which what it carries goes back to where it leads.
 */
export function encoderWire(doc: GraphDocument, from: string, to: string): Wire | null {
  const behind = blockBehindWire(from, to);
  const wiring = wiringOf(doc);
  const sources = wiring.sources.get(behind) ?? [];
  const [first] = sources;
  if (first === undefined) return null;
  const source = nodeOwner(from);
  const chosen = source.twin
    ? sources.find((id) => nodeTakingBack(wiring, id) === to)
    : sources.find((id) => id === source.blockId);
  return chosen === undefined && takesSeveral(wiring.blocks.get(behind)?.type)
    ? null
    : { from: chosen ?? first, to: behind };
}
