import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chromaOf, colourOf, greyOf, type LabOps, type Triple } from './lab';

const numbers: LabOps<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  log: Math.log,
  exp: Math.exp,
  clip: (x, min, max) => Math.min(max, Math.max(min, x)),
  atLeast: (x, threshold) => (x >= threshold ? 1 : 0),
  constant: (value) => value,
};

const channel = fc.integer({ min: 0, max: 255 }).map((byte) => byte / 255);
const colour = fc.tuple(channel, channel, channel);

/** L* of a grey sRGB value. */
function lightness(grey: number): number {
  const y = grey <= 0.04045 ? grey / 12.92 : ((grey + 0.055) / 1.055) ** 2.4;
  return 116 * (y > (6 / 29) ** 3 ? Math.cbrt(y) : y / (3 * (6 / 29) ** 2) + 4 / 29) - 16;
}

function labOf(rgb: Triple<number>): number[] {
  const chroma = chromaOf(numbers, rgb).map((value) => (value - 0.5) * 220);
  return [lightness(greyOf(numbers, rgb)), ...chroma];
}

describe('L*a*b*', () => {
  // As published for sRGB under D65; tables differ by the digits they keep of the matrix.
  it.each([
    ['red', [1, 0, 0], [53.24, 80.09, 67.2]],
    ['green', [0, 1, 0], [87.73, -86.18, 83.18]],
    ['blue', [0, 0, 1], [32.3, 79.19, -107.86]],
    ['yellow', [1, 1, 0], [97.14, -21.55, 94.48]],
    ['white', [1, 1, 1], [100, 0, 0]],
    ['black', [0, 0, 0], [0, 0, 0]],
  ] as const)('of %s', (_, rgb, lab) => {
    labOf(rgb).forEach((value, i) => {
      expect(Math.abs(value - lab[i]!)).toBeLessThan(0.04);
    });
  });

  it('of greys has no colour, and the grey is itself', () => {
    fc.assert(
      fc.property(channel, (value) => {
        expect(greyOf(numbers, [value, value, value])).toBeCloseTo(value, 6);
        for (const part of chromaOf(numbers, [value, value, value])) expect(part).toBeCloseTo(0.5, 9);
      }),
    );
  });

  it('and lightness give the colour back', () => {
    fc.assert(
      fc.property(colour, (rgb) => {
        const back = colourOf(numbers, greyOf(numbers, rgb), chromaOf(numbers, rgb));
        back.forEach((value, i) => {
          expect(Math.abs(value - rgb[i]!)).toBeLessThan(2e-3);
        });
      }),
    );
  });

  it('keeps the lightness of every grey, whatever colour it is given, within what a screen shows', () => {
    const part = fc.double({ min: -0.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(channel, part, part, (grey, a, b) => {
        const rgb = colourOf(numbers, grey, [a, b]);
        for (const value of rgb) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(Math.abs(greyOf(numbers, rgb) - grey)).toBeLessThan(1e-4);
      }),
    );
  });

  it('scales what sRGB can have into 0 to 1', () => {
    fc.assert(
      fc.property(colour, (rgb) => {
        for (const part of chromaOf(numbers, rgb)) expect(part > 0 && part < 1).toBe(true);
      }),
    );
  });
});
