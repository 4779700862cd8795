import type { MapPlace } from './map-inverse';

/** Which part of the plane is seen: the place in the middle, and pixels a unit along each axis. The y axis points up. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly perX: number;
  readonly perY: number;
}

export interface MapSize {
  readonly width: number;
  readonly height: number;
}

/** A place on the screen, in pixels from the upper left corner of the map. */
export interface MapPixel {
  readonly left: number;
  readonly top: number;
}

/** Pixels left free at every side of a fitted view. */
const MARGIN = 14;
const ZOOM_LIMIT = 1e4;

/** The view that shows all points. @param isEven whether a unit is as long along both axes */
export function fittingView(points: Float32Array, { width, height }: MapSize, isEven: boolean): MapView {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  if (!Number.isFinite(left + right + bottom + top)) return { x: 0, y: 0, perX: 1, perY: 1 };
  const perX = Math.max(1, width - 2 * MARGIN) / Math.max(right - left, 1e-9);
  const perY = Math.max(1, height - 2 * MARGIN) / Math.max(top - bottom, 1e-9);
  const even = Math.min(perX, perY);
  return {
    x: (left + right) / 2,
    y: (bottom + top) / 2,
    perX: isEven ? even : perX,
    perY: isEven ? even : perY,
  };
}

export function pixelOf({ x, y }: MapPlace, view: MapView, { width, height }: MapSize): MapPixel {
  return { left: width / 2 + (x - view.x) * view.perX, top: height / 2 - (y - view.y) * view.perY };
}

export function placeAt({ left, top }: MapPixel, view: MapView, { width, height }: MapSize): MapPlace {
  return { x: view.x + (left - width / 2) / view.perX, y: view.y - (top - height / 2) / view.perY };
}

/** The view after it was dragged by so many pixels. */
export function pannedView(view: MapView, left: number, top: number): MapView {
  return { ...view, x: view.x - left / view.perX, y: view.y + top / view.perY };
}

/** The view `factor` times as large, with what is at a pixel staying there. @param fit what bounds the zoom */
export function zoomedView(
  view: MapView,
  factor: number,
  pixel: MapPixel,
  { size, fit }: { readonly size: MapSize; readonly fit: MapView },
): MapView {
  const most = Math.min(factor, (ZOOM_LIMIT * fit.perX) / view.perX);
  const bounded = Math.max(most, fit.perX / 20 / view.perX);
  const place = placeAt(pixel, view, size);
  const next = { ...view, perX: view.perX * bounded, perY: view.perY * bounded };
  const moved = placeAt(pixel, next, size);
  return { ...next, x: next.x + place.x - moved.x, y: next.y + place.y - moved.y };
}

/** A view on the way from one to another; `share` 0 … 1. */
export function viewBetween(from: MapView, to: MapView, share: number): MapView {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    perX: mix(from.perX, to.perX),
    perY: mix(from.perY, to.perY),
  };
}
