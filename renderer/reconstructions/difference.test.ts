import { expect, it } from 'vitest';
import { differenceColour, differenceOf, differenceScale } from './difference';

it('takes differences without a sign', () => {
  const block = (...values: number[]) => ({ count: 1, shape: [3], pixels: Uint8Array.from(values) });
  const samples = { originals: block(10, 200, 7), reconstructions: block(30, 100, 7) };
  expect([...differenceOf(samples)]).toEqual([20, 100, 0]);
});

it('ends the scale where all but the largest hundredth lies', () => {
  const mostly = (value: number) => new Uint8Array(1000).fill(value);
  expect(differenceScale(mostly(0))).toBe(0.05);
  expect(differenceScale(mostly(20))).toBe(0.1);
  expect(differenceScale(mostly(255))).toBe(1);
  const fewLarge = mostly(10);
  fewLarge.fill(255, 0, 9);
  expect(differenceScale(fewLarge)).toBe(0.05);
});

it('colours rise in lightness', () => {
  const lightness = Array.from({ length: 21 }, (_, at) => {
    const [red, green, blue] = differenceColour(at / 20);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
  lightness.slice(1).forEach((own, at) => {
    expect(own).toBeGreaterThan(lightness[at] ?? 0);
  });
  expect(differenceColour(-1)).toEqual([0, 0, 4]);
  expect(differenceColour(2)).toEqual([252, 255, 164]);
});
