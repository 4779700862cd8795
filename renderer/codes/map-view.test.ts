import { describe, expect, it } from 'vitest';
import { brushedPlaces, rectangleOutline } from './brush';
import { codeDensity, isOffData } from './code-density';
import { fittingView, pannedView, pixelOf, placeAt, zoomedView } from './map-view';

const size = { width: 400, height: 200 };
const points = Float32Array.of(-2, 0, 6, 4, 0, 0, Number.NaN, Number.NaN, 3, 1);

describe('the view of the map', () => {
  it.each([true, false])('fits all points (units alike along both axes: %s)', (isEven) => {
    const view = fittingView(points, size, isEven);
    for (let at = 0; at < points.length; at += 2) {
      if (!Number.isFinite(points[at])) continue;
      const { left, top } = pixelOf({ x: points[at]!, y: points[at + 1]! }, view, size);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(400);
      expect(top).toBeGreaterThan(0);
      expect(top).toBeLessThan(200);
    }
    expect(view.perX === view.perY).toBe(isEven);
    // Up is up.
    expect(pixelOf({ x: 0, y: 4 }, view, size).top).toBeLessThan(pixelOf({ x: 0, y: 0 }, view, size).top);
  });

  it('keeps what is under the pointer there when zooming, and goes along when dragged', () => {
    const fit = fittingView(points, size, true);
    const pixel = { left: 77, top: 150 };
    const place = placeAt(pixel, fit, size);
    const near = zoomedView(fit, 3, pixel, { size, fit });
    expect(near.perX / fit.perX).toBeCloseTo(3, 9);
    const again = pixelOf(place, near, size);
    expect([again.left, again.top]).toEqual([expect.closeTo(77, 6), expect.closeTo(150, 6)]);
    const dragged = pixelOf(place, pannedView(near, 30, -12), size);
    expect([dragged.left, dragged.top]).toEqual([expect.closeTo(107, 6), expect.closeTo(138, 6)]);
    expect(zoomedView(fit, 1e-9, pixel, { size, fit }).perX).toBeCloseTo(fit.perX / 20, 9);
  });

  it('is of use where there is nothing to see', () => {
    for (const none of [
      new Float32Array(0),
      Float32Array.of(Number.NaN, Number.NaN),
      Float32Array.of(3, 3),
    ]) {
      const view = fittingView(none, size, false);
      expect(Object.values(view).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('brushes', () => {
  const view = { x: 0, y: 0, perX: 10, perY: 10 };
  const brushed = (outline: Parameters<typeof brushedPlaces>[0], hidden = -1) =>
    brushedPlaces(outline, points, { view, size, isHidden: (place) => place === hidden });

  it('take what is inside a rectangle, however it was drawn', () => {
    const [a, b] = [placeToPixel(-1, -1), placeToPixel(4, 2)];
    expect(brushed(rectangleOutline(a, b))).toEqual([2, 4]);
    expect(brushed(rectangleOutline(b, a))).toEqual([2, 4]);
    expect(brushed(rectangleOutline(a, b), 4)).toEqual([2]);
  });

  it('take what is inside a lasso, also one that is not convex', () => {
    // A horseshoe around (0, 0), open to the right.
    const corners = [
      ...[placeToPixel(7, 5), placeToPixel(-3, 5), placeToPixel(-3, -2), placeToPixel(7, -2)],
      ...[placeToPixel(7, -1), placeToPixel(-1, -1), placeToPixel(-1, 3), placeToPixel(7, 3)],
    ];
    expect(brushed(corners)).toEqual([0, 1]);
  });

  function placeToPixel(x: number, y: number) {
    return pixelOf({ x, y }, view, size);
  }
});

describe('areas off the data', () => {
  /** Two heaps of 400, 10 apart, and nothing between them. */
  const heaps = Float32Array.from({ length: 1600 }, (_, at) => {
    const place = at >> 1;
    const angle = 2.4 * place;
    const radius = Math.sqrt((place % 400) / 400);
    const middle = at % 2 === 0 && place >= 400 ? 10 : 0;
    return middle + radius * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });

  it('are those between heaps and beyond them, but for a few codes no code’s own place', () => {
    const density = codeDensity(heaps)!;
    expect([isOffData(density, 0, 0), isOffData(density, 10, 0)]).toEqual([false, false]);
    expect([isOffData(density, 5, 0), isOffData(density, 0, 4), isOffData(density, 400, 0)]).toEqual([
      ...[true, true, true],
    ]);
    let off = 0;
    for (let at = 0; at < heaps.length; at += 2) if (isOffData(density, heaps[at]!, heaps[at + 1]!)) off += 1;
    expect(off / 800).toBeLessThan(0.03);
  });

  it('are found where codes lie on one line, and where some have no place', () => {
    const line = Float32Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? at / 20 : 3));
    const density = codeDensity(line)!;
    expect([isOffData(density, 5, 3), isOffData(density, 5, 9)]).toEqual([false, true]);
    const some = heaps.slice();
    some.fill(Number.NaN, 0, 100);
    expect(isOffData(codeDensity(some)!, 10, 0)).toBe(false);
    expect(codeDensity(Float32Array.of(1, 2))).toBeNull();
  });
});
