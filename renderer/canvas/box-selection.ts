import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { select, useDocument } from '../state/document-store';
import type { CanvasEdge, CanvasNode } from './flow-elements';

type Ids = readonly string[];

/** What was selected where a press began that may become a box which adds to it. */
let pressedOn: Ids = [];
/** What a box that is being drawn leaves selected whatever is in it. */
let kept: Ids = [];

/** A box selects what it touches; with Shift or Ctrl that is added to what was selected. In the names React Flow has for it. */
export const boxSelection = {
  onPointerDownCapture({ shiftKey, ctrlKey, metaKey }: PointerEvent): void {
    pressedOn = shiftKey || ctrlKey || metaKey ? useDocument.getState().selection : [];
    kept = [];
  },
  onSelectionStart(): void {
    // React Flow has just taken everything out of the selection.
    kept = pressedOn;
    select(kept);
  },
  onSelectionEnd(): void {
    kept = [];
  },
  onPointerCancel(): void {
    kept = [];
  },
};

/** Selection lives in the document store, so that panels and keys share it. */
export function takeSelection(changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]): void {
  const chosen = new Set(useDocument.getState().selection);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected || kept.includes(change.id)) chosen.add(change.id);
    else chosen.delete(change.id);
  }
  select([...chosen]);
}
