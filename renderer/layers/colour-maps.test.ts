import { describe, expect, it } from 'vitest';
import { colourOf, diverging, type Rgb, rangeOf, rgbaOf, scaleFor, sequential } from './colour-maps';

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Of a colour brought to bytes. */
const ROUNDING = 2e-3;

describe('colour maps', () => {
  it('grow lighter from end to end, or to the middle, so that they are read without colour too', () => {
    const levels = sequential.map(luminance);
    expect(levels.every((level, at) => at === 0 || level >= (levels[at - 1] ?? 0) - ROUNDING)).toBe(true);
    const halves = [diverging.slice(0, 128), diverging.slice(128).reverse()];
    for (const half of halves) {
      const lights = half.map(luminance);
      expect(lights.every((level, at) => at === 0 || level >= (lights[at - 1] ?? 0) - ROUNDING)).toBe(true);
    }
  });

  it('put 0 in the middle where numbers are signed, and at the foot where they are not', () => {
    const signed = scaleFor(-1, 3);
    expect([signed.least, signed.most]).toEqual([-3, 3]);
    expect(colourOf(0, signed)).toEqual(diverging[128]);
    expect(scaleFor(0.1, 3).least).toBe(0);
    expect(scaleFor(0.9, 1).least).toBe(0.9);
  });

  it('show what is not a number apart from all that is', () => {
    const scale = scaleFor(0, 1);
    const odd = colourOf(Number.NaN, scale);
    expect([...sequential, ...diverging]).not.toContainEqual(odd);
  });

  it('survive numbers that are all alike, or none at all', () => {
    expect(rangeOf(Float32Array.of(Number.NaN))).toEqual([0, 0]);
    expect(colourOf(0, scaleFor(0, 0))).toEqual(sequential[0]);
    expect(colourOf(2, scaleFor(2, 2))).toEqual(sequential[0]);
  });

  it('paint the same colours into pictures', () => {
    const scale = scaleFor(-1, 1);
    const numbers = [-1, 0, 1, Number.NaN];
    const rgba = rgbaOf((_y, x) => numbers[x] ?? 0, { height: 1, width: 4 }, scale);
    expect([...rgba]).toEqual(numbers.flatMap((number) => [...colourOf(number, scale), 255]));
  });
});
