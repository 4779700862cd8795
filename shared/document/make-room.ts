import { blockOf } from '../blocks/catalogue';
import { autoLayout, nodeWidth } from '../plan/auto-layout';
import { type Drawing, type DrawingNode, drawingOf } from '../plan/drawing';
import { nodeOwner, OUTPUT, twinId } from '../plan/mirror';
import { planDocument } from '../plan/plan-document';
import type { GraphDocument } from './graph-document';

type Position = GraphDocument['layout'][string];

/** Pixels left between neighbours that make room, at zoom 1. */
export const ROOM = 48;

/**
 * Where everything stands once a block was put on a wire of a drawing that was laid out by hand. What was there stays where
 * it stood, but for what stands further out than the new block and would be too close to it: that makes room away from the
 * code, in both halves alike.
 *
 * @param before the drawing without the block, or with it elsewhere
 * @param after with it, wired
 * @param nodeId the node that was dropped, the block's or its twin's
 * @param at its upper left corner, in pixels at zoom 1
 */
export function withRoom(
  before: GraphDocument,
  after: GraphDocument,
  nodeId: string,
  at: Position,
): GraphDocument['layout'] {
  const { blockId } = nodeOwner(nodeId);
  const isOwn = (id: string) => nodeOwner(id).blockId === blockId;
  const stood = new Map(drawingOf(before).nodes.map(({ id, position }) => [id, position]));
  const stored = Object.entries(after.layout).filter(([id]) => !isOwn(id));
  const layout: Record<string, Position> = { ...Object.fromEntries(stored), [nodeId]: at };
  // Of nodes without a place of their own, each would get another column now. Their twins stand opposite them.
  for (const { id } of after.blocks) {
    const place = stood.get(id);
    if (place && !isOwn(id) && !layout[id] && !layout[oppositeOf(after, id)]) layout[id] = place;
  }
  const drawn = drawnWith(after);
  const counterpart = oppositeOnAxis(drawn(layout), nodeId);
  if (counterpart) layout[counterpart.id] = counterpart.position;
  for (const id of [blockId, twinId(blockId)]) {
    const drawing = drawn(layout);
    const node = drawing.nodes.find((candidate) => candidate.id === id);
    if (!node) continue;
    const out = node.half === 'decoder' ? 1 : -1;
    const { moved, pushed, beyond } = roomFor(node, drawing, stood);
    if (moved > 0) layout[id] = { ...node.position, x: node.position.x + out * moved };
    if (pushed === 0) continue;
    for (const other of drawing.nodes) {
      const place = layout[other.id];
      if (!place || isOwn(other.id) || other.half !== node.half) continue;
      if (spanOf(other, node.half).begin <= beyond) {
        layout[other.id] = { ...place, x: place.x + out * pushed };
      }
    }
  }
  return layout;
}

/** The drawing of a document under other layouts: these change nothing but where nodes stand. */
function drawnWith(doc: GraphDocument) {
  const { layers, shapes } = planDocument(doc);
  const drawing = drawingOf(doc);
  return (layout: GraphDocument['layout']): Drawing => {
    const positions = autoLayout({ ...doc, layout }, layers, shapes);
    const nodes = drawing.nodes.map((node) => ({
      ...node,
      position: positions.get(node.id) ?? node.position,
    }));
    return { ...drawing, nodes };
  };
}

/** The other of a block and its twin, opposite it about the middle between the code and its mirror, if it is not there. */
function oppositeOnAxis({ nodes }: Drawing, nodeId: string) {
  const [node, code, mirror] = [
    nodes.find(({ id }) => id === nodeId),
    nodes.find(({ kind }) => kind === 'code'),
    nodes.find(({ kind, type }) => kind === 'twin' && blockOf(type)?.role === 'code'),
  ];
  const other = nodes.find(
    (candidate) =>
      candidate.id !== nodeId && candidate.kind !== 'placed' && candidate.blockId === node?.blockId,
  );
  if (!node || !code || !mirror || !other) return null;
  const x = code.position.x + mirror.position.x - node.position.x;
  return Math.abs(x - other.position.x) < 1 ? null : { id: other.id, position: { ...other.position, x } };
}

/** The node that stands opposite one of the encoder where it has no place of its own. */
function oppositeOf({ blocks }: GraphDocument, id: string): string {
  return blocks.find((block) => block.id === id)?.type === 'input' ? OUTPUT : twinId(id);
}

/** A node along the way from the end of its half to the code: pixels from some point out there. */
interface Span {
  readonly begin: number;
  readonly end: number;
}

function spanOf({ position: { x }, kind }: DrawingNode, half: DrawingNode['half']): Span {
  const width = nodeWidth(kind);
  return half === 'decoder' ? { begin: -x - width, end: -x } : { begin: x, end: x + width };
}

/**
 * How far a new node is moved away from the code, so that it does not touch what stands there, and how far all that begins
 * no later than `beyond` has to go then.
 */
function roomFor(node: DrawingNode, { nodes, wires }: Drawing, stood: ReadonlyMap<string, Position>) {
  const own = nodes.filter(({ half, blockId }) => half === node.half && blockId === node.blockId);
  const isOwn = (id: string) => own.some((part) => part.id === id);
  /** What the wires lead to on one side, past what the planner placed for the node. */
  const beside = (leaving: boolean) => {
    const ends = wires
      .filter(({ skip, from, to }) => skip === null && isOwn(leaving ? from : to))
      .map(({ from, to }) => (leaving ? to : from));
    return nodes.filter(({ id }) => ends.includes(id) && !isOwn(id) && stood.has(id));
  };
  const encoder = node.half !== 'decoder';
  const inner = beside(encoder).map((other) => spanOf(other, node.half));
  const outer = beside(!encoder).map((other) => spanOf(other, node.half));
  const innerBegin = Math.min(...inner.map(({ begin }) => begin));
  const outerEnd = Math.max(...outer.map(({ end }) => end));
  const beyond = Math.max(...outer.map(({ begin }) => begin));
  // Between wires that run backwards, or end at nothing, there is no room to be made.
  if (inner.length + outer.length < 2 || outerEnd > innerBegin) return { moved: 0, pushed: 0, beyond };
  const spans = own.map((part) => spanOf(part, node.half));
  const begin = Math.min(...spans.map((span) => span.begin));
  const end = Math.max(...spans.map((span) => span.end));
  const moved = Math.max(0, end + ROOM - innerBegin);
  return { moved, pushed: Math.max(0, outerEnd + ROOM - (begin - moved)), beyond };
}
