import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { Position } from '../../shared/document/edits';

interface CanvasPlace {
  /** From pixels of the window to those of the drawing, at zoom 1. */
  toDrawing(point: Position): Position;
  /** From pixels of the drawing to those of the window. */
  toWindow(point: Position): Position;
  /** Where the pointer was last over the canvas, in pixels of the window; the canvas' middle where it is elsewhere. */
  pointer(): Position;
}

const NOWHERE = { x: 0, y: 0 };
let place: CanvasPlace = { toDrawing: (point) => point, toWindow: (point) => point, pointer: () => NOWHERE };

export function canvasPlace(): CanvasPlace {
  return place;
}

/** Hands over what only a component inside the canvas can get at, for commands that work at the pointer. */
export function CanvasPlaceKeeper() {
  const { screenToFlowPosition, flowToScreenPosition } = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const { domNode } = store.getState();
    if (!domNode) return;
    let over: Position | null = null;
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      over = { x: clientX, y: clientY };
    };
    const onLeave = () => {
      over = null;
    };
    domNode.addEventListener('pointermove', onMove);
    domNode.addEventListener('pointerleave', onLeave);
    place = {
      toDrawing: (point) => screenToFlowPosition({ ...point }, { snapToGrid: false }),
      toWindow: (point) => flowToScreenPosition({ ...point }),
      pointer() {
        const { left, top, width, height } = domNode.getBoundingClientRect();
        return over ?? { x: left + width / 2, y: top + height / 2 };
      },
    };
    return () => {
      domNode.removeEventListener('pointermove', onMove);
      domNode.removeEventListener('pointerleave', onLeave);
    };
  }, [store, screenToFlowPosition, flowToScreenPosition]);
  return null;
}
