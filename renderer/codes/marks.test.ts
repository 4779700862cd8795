import { describe, expect, it } from 'vitest';
import { lookOfClass, markMask } from './class-look';
import { stampMark, stampOf } from './mark-raster';

describe('the marks of classes', () => {
  it('differ in colour and form among the first eight, and in one of both beyond', () => {
    const looks = Array.from({ length: 64 }, (_, at) => lookOfClass(at));
    const first = looks.slice(0, 8);
    expect(new Set(first.map(({ colour }) => colour)).size).toBe(8);
    expect(new Set(first.map(({ form }) => form)).size).toBe(8);
    expect(new Set(looks.map(({ colour, form }) => `${colour} ${form}`)).size).toBe(64);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'are of about one size and in the middle of their masks (form %i)',
    (form) => {
      const { side, cover } = markMask(form, 8);
      const area = cover.reduce((sum, value) => sum + value, 0) / 255;
      expect(area).toBeGreaterThan(80);
      expect(area).toBeLessThan(200);
      let across = 0;
      for (const [at, value] of cover.entries()) across += (value * ((at % side) - (side >> 1))) / 255;
      expect(Math.abs(across / area)).toBeLessThan(0.05);
    },
  );

  it('look unlike each other even when small', () => {
    const masks = Array.from({ length: 8 }, (_, form) => markMask(form, 3.2).cover);
    for (const [at, one] of masks.entries()) {
      for (const other of masks.slice(at + 1)) {
        const unlike =
          one.reduce((sum, value, pixel) => sum + Math.abs(value - (other[pixel] ?? 0)), 0) / 255;
        expect(unlike).toBeGreaterThan(4);
      }
    }
  });
});

describe('stampMark', () => {
  const one = { side: 1, cover: Uint8Array.of(255) };
  const bytesOf = (pixels: Int32Array) => [...new Uint8Array(pixels.buffer)];

  it('lays marks over each other as light falls through them', () => {
    const raster = { width: 1, height: 1, pixels: new Int32Array(1) };
    stampMark(raster, stampOf(one, [10, 20, 30], 128), 0, 0);
    expect(bytesOf(raster.pixels)).toEqual([10, 20, 30, 128]);
    stampMark(raster, stampOf(one, [210, 20, 30], 128), 0, 0);
    // 128 + 128 · 127 / 255 = 191.7; the upper one makes 128 / 191.7 of the colour: 10 + 200 · 0.668.
    expect(bytesOf(raster.pixels)).toEqual([144, 20, 30, 192]);
    stampMark(raster, stampOf(one, [1, 2, 3], 255), 0, 0);
    expect(bytesOf(raster.pixels)).toEqual([1, 2, 3, 255]);
  });

  it('leaves out what lies beyond the edges', () => {
    const raster = { width: 4, height: 4, pixels: new Int32Array(16) };
    const mark = stampOf(markMask(1, 2), [10, 20, 30], 255);
    for (const [left, top] of [
      [-1, -1],
      [4, 4],
      [-40, 2],
      [2, 400],
    ] as const)
      stampMark(raster, mark, left, top);
    const covered = [...raster.pixels.keys()].filter((at) => raster.pixels[at] !== 0);
    expect(covered).toContain(0);
    expect(covered).toContain(15);
    expect(covered).not.toContain(3);
    expect(covered).not.toContain(12);
  });
});
