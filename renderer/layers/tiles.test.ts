import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunLayer } from '../../shared/ipc/layer-schemas';
import { activationTiles, surroundingsOf, weightTiles } from './layer-tiles';
import { figuresOf, placeAt, placeByKey, type Tiles, tileGrid } from './tiles';

const counting = (shape: readonly number[]) => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => at),
});
const nowhere = { reads: null, gives: null };
const encoder = { half: 'encoder', type: 'x' } as const;
const decoder = { half: 'decoder', type: 'x' } as const;

describe('activationTiles', () => {
  it('takes the channels of a picture apart', () => {
    const tiles = activationTiles(counting([2, 3, 4]));
    expect(tiles).toMatchObject({ count: 4, height: 2, width: 3 });
    expect(tiles?.at(1, 1, 2)).toBe((1 * 3 + 2) * 4 + 1);
  });

  it('puts the channels of a series below each other, and leaves vectors alone', () => {
    const tiles = activationTiles(counting([5, 2]));
    expect(tiles).toMatchObject({ count: 1, height: 2, width: 5 });
    expect(tiles?.at(0, 1, 3)).toBe(7);
    expect(activationTiles(counting([5]))).toBeNull();
  });
});

describe('weightTiles', () => {
  it('shows what a dense layer looks for in a picture, and what one adds to a picture', () => {
    const read = weightTiles(encoder, counting([2 * 3 * 2, 5]), { reads: [2, 3, 2], gives: null }, 1);
    expect(read?.tiles).toMatchObject({ count: 5, height: 2, width: 3 });
    expect(read?.channels?.count).toBe(2);
    expect(read?.tiles.at(4, 1, 2)).toBe(((1 * 3 + 2) * 2 + 1) * 5 + 4);
    const given = weightTiles(decoder, counting([5, 6]), { reads: null, gives: [2, 3, 1] }, 0);
    expect(given?.tiles).toMatchObject({ count: 5, height: 2, width: 3 });
    expect(given?.tiles.at(4, 1, 2)).toBe(4 * 6 + 5);
  });

  it('shows any other dense kernel as one matrix and a bias not at all', () => {
    const view = weightTiles(encoder, counting([3, 4]), nowhere, 0);
    expect(view?.tiles).toMatchObject({ count: 1, height: 3, width: 4 });
    expect(view?.tiles.at(0, 2, 1)).toBe(9);
    expect(weightTiles(encoder, counting([4]), nowhere, 0)).toBeNull();
  });

  it('shows a filter for each channel that is given out, forward and transposed', () => {
    const forward = weightTiles(encoder, counting([3, 3, 2, 5]), nowhere, 1);
    expect([forward?.tiles.count, forward?.channels?.count]).toEqual([5, 2]);
    expect(forward?.tiles.at(4, 2, 0)).toBe(((2 * 3 + 0) * 2 + 1) * 5 + 4);
    const back = weightTiles(decoder, counting([3, 3, 2, 5]), nowhere, 3);
    expect([back?.tiles.count, back?.channels?.count]).toEqual([2, 5]);
    expect(back?.tiles.at(1, 2, 0)).toBe(((2 * 3 + 0) * 2 + 1) * 5 + 3);
    const series = weightTiles(encoder, counting([3, 2, 5]), nowhere, 0);
    expect(series?.tiles).toMatchObject({ count: 5, height: 2, width: 3 });
    expect(series?.tiles.at(4, 1, 2)).toBe((2 * 2 + 1) * 5 + 4);
  });

  it('finds the pictures before and behind a dense layer by the flattenings placed for it', () => {
    const layer = (id: string, inputShape: number[], outputShape: number[]): RunLayer => ({
      ...{ id, inputShape, outputShape, type: 'dense', half: 'encoder', activation: 'relu' },
      ...{ weights: [], parameterCount: 0 },
    });
    const layers = [
      layer('dense-1~flatten', [4, 4, 1], [16]),
      layer('dense-1', [16], [8]),
      layer('dense-1′', [8], [16]),
      layer('dense-1~flatten′', [16], [4, 4, 1]),
      layer('code', [8], [2]),
    ];
    const of = (id: string) => surroundingsOf(layers.find((each) => each.id === id) ?? layers[0]!, layers);
    expect(of('dense-1')).toEqual({ reads: [4, 4, 1], gives: null });
    expect(of('dense-1′')).toEqual({ reads: null, gives: [4, 4, 1] });
    expect(of('code')).toEqual(nowhere);
  });
});

describe('tileGrid', () => {
  const tiles = (count: number, height: number, width: number): Tiles => ({
    ...{ count, height, width, name: 'map', axes: ['y', 'x'] },
    at: (tile, y, x) => (tile === 0 ? 0 : y * width + x),
  });

  it('finds every number again at the point where it is drawn', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        size,
        size,
        fc.integer({ min: 1, max: 8 }),
        (count, height, width, zoom) => {
          const all = tiles(count, height, width);
          const grid = tileGrid(all, { width: 600, height: 200 }, zoom);
          for (const place of [
            { tile: 0, y: 0, x: 0 },
            { tile: count - 1, y: height - 1, x: width - 1 },
          ]) {
            const left = (place.tile % grid.columns) * grid.pitch.x + (place.x + 0.5) * grid.scale;
            const top = Math.floor(place.tile / grid.columns) * grid.pitch.y + (place.y + 0.5) * grid.scale;
            expect(placeAt(all, grid, left, top)).toEqual(place);
            expect(left).toBeLessThan(grid.width);
            expect(top).toBeLessThan(grid.height);
          }
        },
      ),
    );
  });

  it('fits what can be fitted, and enlarges with the zoom', () => {
    const all = tiles(16, 14, 14);
    const pane = { width: 600, height: 200 };
    const grid = tileGrid(all, pane, 1);
    expect(grid.height).toBeLessThanOrEqual(pane.height);
    expect(tileGrid(all, pane, 2).scale).toBe(2 * grid.scale);
  });

  it('leaves the gaps between tiles empty, and steps by keys without leaving the last number', () => {
    const all = tiles(2, 3, 3);
    const grid = tileGrid(all, { width: 600, height: 200 }, 1);
    expect(placeAt(all, grid, 3 * grid.scale + 1, 1)).toBeNull();
    expect(placeByKey(all, { tile: 0, y: 0, x: 2 }, 'ArrowRight')).toEqual({ tile: 0, y: 0, x: 2 });
    expect(placeByKey(all, { tile: 0, y: 1, x: 1 }, 'PageDown')).toEqual({ tile: 1, y: 1, x: 1 });
    expect(placeByKey(all, { tile: 0, y: 1, x: 1 }, 'x')).toBeNull();
  });

  it('has the figures of a tile', () => {
    expect(figuresOf(tiles(2, 2, 2), 1)).toEqual({ least: 0, mean: 1.5, most: 3, zeros: 0.25 });
    expect(figuresOf(tiles(2, 2, 2), 0).zeros).toBe(1);
  });
});
