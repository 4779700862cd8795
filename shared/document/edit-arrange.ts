import { nodeWidth } from '../plan/auto-layout';
import { drawingOf } from '../plan/drawing';
import { moveNodes } from './edit-blocks';
import type { GraphDocument } from './graph-document';
import type { Position } from './positions';

/** Where boxes are lined up: three lines of each axis. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** What stands on the canvas, in pixels at zoom 1. */
interface Box extends Position {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** From a box's upper left corner to the line that is aligned, as a share of its size along the axis. */
const LINES: Readonly<Record<Alignment, { readonly axis: 'x' | 'y'; readonly share: number }>> = {
  left: { axis: 'x', share: 0 },
  centre: { axis: 'x', share: 0.5 },
  right: { axis: 'x', share: 1 },
  top: { axis: 'y', share: 0 },
  middle: { axis: 'y', share: 0.5 },
  bottom: { axis: 'y', share: 1 },
};

const SIZES = { x: 'width', y: 'height' } as const;

/**
 * Lines nodes of the canvas up: their left edges with the leftmost, their right ones with the rightmost, their centres with
 * the middle between these; likewise up and down. Two at the least, or nothing changes.
 */
export function alignNodes(doc: GraphDocument, nodeIds: readonly string[], to: Alignment): GraphDocument {
  const boxes = boxesOf(doc, nodeIds);
  if (boxes.length < 2) return doc;
  const { axis, share } = LINES[to];
  const size = SIZES[axis];
  const start = Math.min(...boxes.map((box) => box[axis]));
  const end = Math.max(...boxes.map((box) => box[axis] + box[size]));
  const line = start + (end - start) * share;
  return moved(doc, boxes, axis, (box) => line - box[size] * share);
}

/**
 * Spaces nodes of the canvas so that the gaps between them are alike; the outermost two stay. Three at the least, or
 * nothing changes.
 */
export function distributeNodes(
  doc: GraphDocument,
  nodeIds: readonly string[],
  axis: 'x' | 'y',
): GraphDocument {
  const boxes = boxesOf(doc, nodeIds).toSorted((a, b) => a[axis] - b[axis]);
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (boxes.length < 3 || !first || !last) return doc;
  const size = SIZES[axis];
  const filled = boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[axis] + last[size] - first[axis] - filled) / (boxes.length - 1);
  const starts = new Map<string, number>();
  let at = first[axis];
  for (const box of boxes) {
    starts.set(box.id, at);
    at += box[size] + gap;
  }
  return moved(doc, boxes, axis, (box) => starts.get(box.id) ?? box[axis]);
}

function boxesOf(doc: GraphDocument, nodeIds: readonly string[]): Box[] {
  const wanted = new Set(nodeIds);
  const nodes = drawingOf(doc).nodes.map(({ id, kind, position, height }) => ({
    id,
    ...position,
    width: nodeWidth(kind),
    height,
  }));
  return [...nodes, ...(doc.notes ?? [])].filter(({ id }) => wanted.has(id));
}

function moved(doc: GraphDocument, boxes: readonly Box[], axis: 'x' | 'y', place: (box: Box) => number) {
  const positions = boxes.map((box) => [box.id, { x: box.x, y: box.y, [axis]: place(box) }] as const);
  return moveNodes(doc, Object.fromEntries(positions));
}

/** Lets every node stand where the layout puts it. */
export function layOutAnew(doc: GraphDocument): GraphDocument {
  return Object.keys(doc.layout).length === 0 ? doc : { ...doc, layout: {} };
}
