import type { Edge, Node } from '@xyflow/react';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { Note } from '../../shared/document/notes';
import { boundsOf, type GroupHalf, groupHalves } from '../../shared/plan/collapse';
import type { Drawing, DrawingNode, DrawingWire } from '../../shared/plan/drawing';
import { nodeOwner } from '../../shared/plan/mirror';
import { formatShape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';
import { detourLevels } from './detours';
import { silhouette, widthOf } from './hourglass-geometry';

export type BlockFlowNode = Node<{ readonly node: DrawingNode }, 'block'>;
export type NoteFlowNode = Node<{ readonly note: Note }, 'note'>;
export type FrameFlowNode = Node<{ readonly half: GroupHalf }, 'frame'>;
export type CanvasNode = BlockFlowNode | NoteFlowNode | FrameFlowNode;
export type WireFlowEdge = Edge<
  {
    readonly wire: DrawingWire;
    readonly half: 'encoder' | 'decoder';
    /** The y of its lowest stretch, at zoom 1, where it has to run under the drawing. */
    readonly level: number | null;
    /** The end where it runs by itself, beside which its words stand; null where it does so at both. */
    readonly lone: 'source' | 'target' | null;
  },
  'wire'
>;
export type SkipFlowEdge = Edge<
  {
    readonly wire: DrawingWire;
    /** The y of its lowest stretch, at zoom 1. */
    readonly level: number;
    /** From the middle of each end's block down to its lower edge, in pixels at zoom 1. */
    readonly edges: { readonly source: number; readonly target: number };
  },
  'skip'
>;
export type CanvasEdge = WireFlowEdge | SkipFlowEdge;

/** The nodes as React Flow takes them. */
export function flowNodes({ nodes }: Pick<Drawing, 'nodes'>, selection: readonly string[]): BlockFlowNode[] {
  return nodes.map((node) => ({
    id: node.id,
    type: 'block',
    position: node.position,
    width: widthOf(node),
    height: node.height,
    data: { node },
    selected: selection.includes(node.id),
    ariaLabel: nodeName(node),
    deletable: false,
  }));
}

/** Notes as React Flow takes them: behind blocks and wires, also while they are selected. */
export function flowNotes(notes: readonly Note[], selection: readonly string[]): NoteFlowNode[] {
  return notes.map((note) => ({
    id: note.id,
    type: 'note',
    position: { x: note.x, y: note.y },
    width: note.width,
    height: note.height,
    data: { note },
    selected: selection.includes(note.id),
    ariaLabel: t('notes.named', { text: note.text }),
    connectable: false,
    deletable: false,
    style: { zIndex: -1 },
  }));
}

/** The class of what a frame is dragged by; clicks beside it go to what lies behind. */
export const FRAME_HANDLE = 'hg-frame-title';
/** Pixels at zoom 1 between a group's frame and what is in it, and for its title. */
const FRAME_ROOM = 18;
const TITLE_ROOM = 34;

/** The frames of the groups that are open, behind everything; all but their titles lets the pointer through. */
export function flowFrames(
  document: GraphDocument,
  nodes: readonly DrawingNode[],
  selection: readonly string[],
): FrameFlowNode[] {
  return groupHalves(document, nodes)
    .filter(({ group }) => !group.collapsed)
    .map((half) => {
      const { x, y, width, height } = boundsOf(half.nodes);
      return {
        id: half.id,
        type: 'frame',
        position: { x: x - FRAME_ROOM, y: y - TITLE_ROOM },
        width: width + 2 * FRAME_ROOM,
        height: height + TITLE_ROOM + FRAME_ROOM,
        data: { half },
        selected: selection.includes(half.id),
        ariaLabel: t('groups.named', { name: half.name }),
        dragHandle: `.${FRAME_HANDLE}`,
        connectable: false,
        deletable: false,
        style: { zIndex: -2, pointerEvents: 'none' },
      };
    });
}

export function flowEdges(
  drawing: Pick<Drawing, 'nodes' | 'wires'>,
  selection: readonly string[],
): CanvasEdge[] {
  const nodes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const levels = detourLevels(drawing);
  const straight = drawing.wires.filter(({ skip }) => skip === null);
  const [outOf, into] = [counted(straight.map(({ from }) => from)), counted(straight.map(({ to }) => to))];
  const loneEnd = ({ from, to }: DrawingWire) => {
    if ((into.get(to) ?? 0) > 1) return 'source';
    return (outOf.get(from) ?? 0) > 1 ? 'target' : null;
  };
  return drawing.wires.map((wire) => {
    const { id, from, to, shape, skip } = wire;
    const ends = { from: calledName(nodes.get(from), from), to: calledName(nodes.get(to), to) };
    const name = t(skip ? 'canvas.skipNamed' : 'canvas.wireNamed', ends);
    const edge = {
      id,
      source: from,
      target: to,
      selected: selection.includes(id),
      ariaLabel: `${name}, ${shape ? formatShape(shape) : t('canvas.shapeUnknown')}`,
      deletable: false,
    };
    if (skip) {
      const edges = { source: lowerEdge(nodes.get(from)), target: lowerEdge(nodes.get(to)) };
      return {
        ...edge,
        type: 'skip',
        data: { wire, level: levels.get(id) ?? 0, edges },
        reconnectable: false,
      };
    }
    const half = nodes.get(from)?.half === 'encoder' ? 'encoder' : 'decoder';
    const level = levels.get(id) ?? null;
    return {
      ...edge,
      type: 'wire',
      data: { wire, half, level, lone: loneEnd(wire) },
      reconnectable: isMovable(wire) ? 'target' : false,
    };
  });
}

/** What people call a node, or its id where nobody named it. */
export function calledName(node: Pick<DrawingNode, 'label' | 'kindLabel'> | undefined, id: string): string {
  return node && node.label !== node.kindLabel ? node.label : id;
}

/** Whether a wire's end can be taken off: not of those the code or the planner brings. */
function isMovable({ from, to, encoderWire }: DrawingWire): boolean {
  const placed = [from, to].map((id) => nodeOwner(id).placed);
  return (
    encoderWire !== null && !(nodeOwner(from).blockId === nodeOwner(to).blockId && placed.includes(true))
  );
}

function counted(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** From the middle of a block down to its outline, halfway between the sides. */
function lowerEdge(node: DrawingNode | undefined): number {
  if (!node) return 0;
  const { left, right } = silhouette(node.inputShape, node.outputShape, widthOf(node));
  return (left + right) / 4;
}

/** What a screen reader says of a node: `Convolution conv-2, encoder, 32 · 3×3 /2, output 14×14×32, 1 problem`. */
function nodeName(node: DrawingNode): string {
  const parts: string[] = [
    node.id === node.type ? node.label : `${node.label} ${node.id}`,
    t(`canvas.halves.${node.half}`),
  ];
  if (node.description) parts.push(node.description);
  if (node.bypassed) parts.push(t('canvas.isBypassed'));
  if (node.outputShape) parts.push(t('canvas.givesOut', { shape: formatShape(node.outputShape) }));
  if (node.problems.length > 0) {
    parts.push(t('canvas.problems', { count: node.problems.length }));
  }
  return [...new Set(parts)].join(', ');
}
