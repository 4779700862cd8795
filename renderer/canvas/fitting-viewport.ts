import { getViewportForBounds, type Rect, type Viewport } from '@xyflow/react';

/** Fitting never goes below this zoom: a block's short form can just be read there. */
export const LEAST_FITTING_ZOOM = 0.3;
/** Pixels kept free at the edges of the pane. */
const MARGIN = 14;

/**
 * The viewport that shows a whole drawing, at zoom 1 at most. Where it would have to become too small to be read, as much
 * as there is room for, around `anchor` (what is selected), or from the input on where that is null.
 *
 * @param bounds of all nodes, at zoom 1
 * @param pane in pixels of the window
 */
export function fittingViewport(
  bounds: Rect,
  pane: { readonly width: number; readonly height: number },
  anchor: Rect | null,
): Viewport {
  const padding = `${MARGIN}px` as const;
  const whole = getViewportForBounds(bounds, pane.width, pane.height, LEAST_FITTING_ZOOM, 1, padding);
  const { zoom } = whole;
  const along = (offset: number, start: number, length: number, room: number, middle: number): number => {
    if (length * zoom <= room - 2 * MARGIN + 1) return offset;
    const wanted = room / 2 - middle * zoom;
    return Math.min(MARGIN - start * zoom, Math.max(room - MARGIN - (start + length) * zoom, wanted));
  };
  const middleX = anchor ? anchor.x + anchor.width / 2 : bounds.x;
  const middleY = (anchor ?? bounds).y + (anchor ?? bounds).height / 2;
  return {
    x: along(whole.x, bounds.x, bounds.width, pane.width, middleX),
    y: along(whole.y, bounds.y, bounds.height, pane.height, middleY),
    zoom,
  };
}
