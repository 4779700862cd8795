import { describe, expect, it } from 'vitest';
import { lookOfClass, markMask } from './class-look';
import { stampMark } from './mark-raster';

const black = { red: 10, green: 20, blue: 30, alpha: 255 };

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

  it('lays marks over each other as light falls through them', () => {
    const pixels = new Uint8ClampedArray(4);
    stampMark(pixels, 1, 1, { ...one, ...black, alpha: 128 }, 0, 0);
    expect([...pixels]).toEqual([10, 20, 30, 128]);
    stampMark(pixels, 1, 1, { ...one, red: 210, green: 20, blue: 30, alpha: 128 }, 0, 0);
    // 128 + 128 · 127 / 255 = 191.7; the upper one makes 128 / 191.7 of the colour.
    expect(pixels[3]).toBe(192);
    expect(pixels[0]).toBeCloseTo(10 + (200 * 128) / 191.7, -0.5);
  });

  it('leaves out what lies beyond the edges', () => {
    const pixels = new Uint8ClampedArray(4 * 4 * 4);
    const mark = { ...markMask(1, 2), ...black };
    for (const [left, top] of [
      [-1, -1],
      [4, 4],
      [-40, 2],
      [2, 400],
    ] as const)
      stampMark(pixels, 4, 4, mark, left, top);
    const covered = [...pixels].flatMap((value, at) => (at % 4 === 3 && value > 0 ? [(at - 3) / 4] : []));
    expect(covered).toContain(0);
    expect(covered).toContain(15);
    expect(covered).not.toContain(3);
    expect(covered).not.toContain(12);
  });
});
