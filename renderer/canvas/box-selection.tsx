import { type EdgeChange, type NodeChange, type ReactFlowState, useStoreApi } from '@xyflow/react';
import { type PointerEvent, useEffect } from 'react';
import { select, useDocument } from '../state/document-store';
import type { CanvasEdge, CanvasNode } from './flow-elements';

type State = ReactFlowState<CanvasNode, CanvasEdge>;

/** What a box that begins with the last press leaves selected: with Shift or Ctrl, what was. */
let kept: readonly string[] = [];

/** Takes note of it before anything else hears of the press. */
export function noteBoxKeys({ shiftKey, ctrlKey, metaKey }: PointerEvent): void {
  kept = shiftKey || ctrlKey || metaKey ? useDocument.getState().selection : [];
}

/**
 * A box that is drawn selects what it touches, with the wires of that. React Flow tells only what changed since the box before,
 * which loses what had been selected; so what is in it is found here.
 */
export function BoxSelection() {
  const store = useStoreApi<CanvasNode, CanvasEdge>();
  useEffect(
    () =>
      store.subscribe((now, before) => {
        if (now.userSelectionActive && now.userSelectionRect !== before.userSelectionRect)
          select([...new Set([...kept, ...idsInBox(now)])]);
      }),
    [store],
  );
  return null;
}

function idsInBox({ userSelectionRect: box, transform: [x, y, zoom], nodeLookup, edges }: State): string[] {
  if (!box) return [];
  const [left, top] = [(box.x - x) / zoom, (box.y - y) / zoom];
  const [right, bottom] = [left + box.width / zoom, top + box.height / zoom];
  const nodes = [...nodeLookup.values()].filter((node) => {
    const { x: from, y: above } = node.internals.positionAbsolute;
    const [to, below] = [from + (node.width ?? 0), above + (node.height ?? 0)];
    // The frame of a group is around what is touched: it goes along where all of it is in the box.
    if (node.type === 'frame') return from >= left && to <= right && above >= top && below <= bottom;
    return from <= right && to >= left && above <= bottom && below >= top;
  });
  const ids = new Set(nodes.map(({ id }) => id));
  const wires = edges.filter(({ source, target }) => ids.has(source) || ids.has(target));
  return [...ids, ...wires.map(({ id }) => id)];
}

/** Selection lives in the document store, so that panels and keys share it. */
export function takeSelection(changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]): void {
  const chosen = new Set(useDocument.getState().selection);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) chosen.add(change.id);
    else chosen.delete(change.id);
  }
  select([...chosen]);
}
