import type { MapPixel, MapSize, MapView } from './map-view';
import { pixelOf } from './map-view';

/** What a brush goes around: corners in pixels, of a rectangle or a lasso. */
export type BrushOutline = readonly MapPixel[];

export function rectangleOutline(a: MapPixel, b: MapPixel): BrushOutline {
  return [a, { left: b.left, top: a.top }, b, { left: a.left, top: b.top }];
}

/** The places of the points inside an outline, in order; those of hidden classes are left out. */
export function brushedPlaces(
  outline: BrushOutline,
  points: Float32Array,
  { view, size, isHidden }: { view: MapView; size: MapSize; isHidden: (place: number) => boolean },
): number[] {
  const places: number[] = [];
  for (let place = 0; 2 * place < points.length; place += 1) {
    const point = { x: points[2 * place] ?? Number.NaN, y: points[2 * place + 1] ?? Number.NaN };
    if (!Number.isFinite(point.x) || isHidden(place)) continue;
    if (isInside(outline, pixelOf(point, view, size))) places.push(place);
  }
  return places;
}

/** By how often a ray to the right crosses the outline (even–odd rule). */
function isInside(outline: BrushOutline, { left, top }: MapPixel): boolean {
  let inside = false;
  let before = outline.at(-1);
  for (const corner of outline) {
    if (before && corner.top > top !== before.top > top) {
      const crossing =
        corner.left + ((top - corner.top) / (before.top - corner.top)) * (before.left - corner.left);
      if (left < crossing) inside = !inside;
    }
    before = corner;
  }
  return inside;
}
