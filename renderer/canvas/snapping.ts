import type { NodeChange, NodePositionChange } from '@xyflow/react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Position } from '../../shared/document/edits';
import type { CanvasNode } from './flow-elements';
import { type HelperLine, snapToOthers } from './helper-lines';

/** Pixels at zoom 1 between two lines of the grid. */
export const GRID = 20;
/** How near a block has to come to snap, in pixels of the screen. */
const REACH = 6;

/** Whether dragged blocks snap to the grid, rather than to other blocks; kept for this user on this machine. */
export const useGrid = create<{ readonly on: boolean }>()(
  persist((): { readonly on: boolean } => ({ on: false }), { name: 'hourglass.grid', version: 1 }),
);

export function toggleGrid(): void {
  useGrid.setState(({ on }) => ({ on: !on }));
}

/** The lines shown while a drag is in line with other blocks. */
export const useHelperLines = create<{ readonly lines: readonly HelperLine[] }>()(() => ({ lines: [] }));

const NOWHERE: Position = { x: 0, y: 0 };
let snapped = NOWHERE;

/** How far the drag that has just ended was moved to be in line. Ends it. */
export function endSnap(): Position {
  const last = snapped;
  snapped = NOWHERE;
  if (useHelperLines.getState().lines.length > 0) useHelperLines.setState({ lines: [] });
  return last;
}

/** The changes of a drag, moved so that what is dragged is in line with what it is near to, and shows that. */
export function snapDrag(
  changes: readonly NodeChange<CanvasNode>[],
  nodes: readonly CanvasNode[],
  zoom: number,
): NodeChange<CanvasNode>[] {
  const moves = new Map(changes.flatMap((change) => (isMove(change) ? [[change.id, change] as const] : [])));
  if (moves.size === 0 || useGrid.getState().on) return [...changes];
  const boxes = nodes.map(({ id, position, width = 0, height = 0 }) => ({
    id,
    ...(moves.get(id)?.position ?? position),
    width,
    height,
  }));
  const own = boxes.filter(({ id }) => moves.has(id));
  const [left, top] = [Math.min(...own.map(({ x }) => x)), Math.min(...own.map(({ y }) => y))];
  const right = Math.max(...own.map(({ x, width }) => x + width));
  const bottom = Math.max(...own.map(({ y, height }) => y + height));
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  const others = boxes.filter(({ id }) => !moves.has(id));
  const { dx, dy, lines } = snapToOthers(box, others, REACH / zoom);
  snapped = { x: dx, y: dy };
  if (lines.length > 0 || useHelperLines.getState().lines.length > 0) useHelperLines.setState({ lines });
  return changes.map((change) =>
    isMove(change)
      ? { ...change, position: { x: change.position.x + dx, y: change.position.y + dy } }
      : change,
  );
}

function isMove(change: NodeChange<CanvasNode>): change is NodePositionChange & { position: Position } {
  return change.type === 'position' && change.position !== undefined;
}
