import { describe, expect, it } from 'vitest';
import { layerThumbnail } from './layer-thumbnails';

const layer = (type: string, outputShape: readonly number[]) => ({ id: 'x', type, outputShape });

describe('layerThumbnail', () => {
  it('shows a sample in its own range, no matter what it holds', () => {
    const { thumbnail, pixels } = layerThumbnail(
      layer('input', [1, 2, 1]),
      Float32Array.of(0.2, 0.6),
      [0, 1],
    );
    expect(thumbnail).toMatchObject({ kind: 'picture', count: 1, height: 1, width: 2, least: 0, most: 1 });
    expect([...pixels]).toEqual([51, 153]);
  });

  it('shows up to eight feature maps, each plane by itself, all on one scale from 0', () => {
    // Two pixels of ten channels: channel c holds c and 10 + c.
    const values = Float32Array.from({ length: 20 }, (_, at) => at);
    const { thumbnail, pixels } = layerThumbnail(layer('conv', [2, 1, 10]), values, [0, 1]);
    expect(thumbnail).toMatchObject({
      kind: 'maps',
      count: 8,
      of: 10,
      height: 2,
      width: 1,
      least: 0,
      most: 17,
    });
    expect([...pixels.subarray(0, 4)]).toEqual([0, 150, 15, 165]);
  });

  it('averages what a smaller map leaves out', () => {
    // A chequered map of 0 and 2 comes down to 1 everywhere.
    const values = Float32Array.from({ length: 36 * 36 }, (_, at) => 2 * (at % 2));
    const { thumbnail, pixels } = layerThumbnail(layer('conv', [36, 36, 1]), values, [0, 1]);
    expect(thumbnail).toMatchObject({ height: 18, width: 18, least: 0, most: 1 });
    expect(new Set(pixels)).toEqual(new Set([255]));
  });

  it('shows signed vectors with the place of 0 known', () => {
    const { thumbnail, pixels } = layerThumbnail(layer('code', [3]), Float32Array.of(-1, 0, 3), [0, 1]);
    expect(thumbnail).toMatchObject({ kind: 'bars', count: 1, width: 3, least: -1, most: 3 });
    expect([...pixels]).toEqual([0, 64, 255]);
  });

  it('shows the first channels of a series', () => {
    const values = Float32Array.from({ length: 6 * 5 }, (_, at) => at % 5);
    const { thumbnail, pixels } = layerThumbnail(layer('conv1d', [6, 5]), values, [0, 1]);
    expect(thumbnail).toMatchObject({ kind: 'courses', count: 4, of: 5, width: 6, height: 1 });
    expect(pixels.length).toBe(24);
    expect([...pixels.subarray(6, 12)]).toEqual(Array(6).fill(85));
  });

  it('stays finite where a network has run away', () => {
    const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1);
    const { thumbnail } = layerThumbnail(layer('dense', [3]), values, [0, 1]);
    expect(Number.isFinite(thumbnail.most)).toBe(true);
  });
});
