import type { Rect } from '@xyflow/react';
import type { Note } from '../../shared/document/notes';
import type { DrawingNode } from '../../shared/plan/drawing';
import { currentDocument } from '../state/document-store';
import { canvasDrawing } from '../state/drawing';
import { widthOf } from './hourglass-geometry';

interface ShownBox extends Rect {
  readonly id: string;
}

/**
 * Where everything on the canvas stands, blocks and notes, in pixels at zoom 1, by the document: what glides is there
 * already.
 */
export function shownBoxes(): readonly ShownBox[] {
  return [
    ...canvasDrawing(currentDocument()).nodes.map(boxOfNode),
    ...(currentDocument().notes ?? []).map(boxOfNote),
  ];
}

function boxOfNode(node: DrawingNode): ShownBox {
  return { id: node.id, ...node.position, width: widthOf(node), height: node.height };
}

function boxOfNote({ id, x, y, width, height }: Note): ShownBox {
  return { id, x, y, width, height };
}

/** The rectangle around all of these. */
export function boundsOf(boxes: readonly Rect[]): Rect {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
