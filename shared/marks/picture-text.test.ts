import { expect, it } from 'vitest';
import { pictureOfText, pictureText, textOfPicture } from './picture-text';

it('is read as it was written, to a fifteenth', () => {
  const picture = { height: 2, width: 3, values: [0, 1, 0.2, 0.5, 0.97, 0.03] };
  const text = textOfPicture(picture);
  expect(text).toBe('0f3/8f0');
  expect(pictureText.safeParse(text).success).toBe(true);
  const read = pictureOfText(text);
  expect([read.height, read.width]).toEqual([2, 3]);
  for (const [i, value] of read.values.entries()) {
    expect(Math.abs(value - (picture.values[i] ?? Number.NaN))).toBeLessThanOrEqual(1 / 30);
  }
  expect(textOfPicture(read)).toBe(text);
});

it('may be empty, which is a pixel of nothing', () => {
  expect(pictureText.safeParse('').success).toBe(true);
  expect(pictureOfText('')).toEqual({ height: 1, width: 1, values: [0] });
});

it.each(['0f/0', 'g', 'F', '/', '0/', '0'.repeat(65), `${'0/'.repeat(64)}0`, '0f\n'])(
  'is not “%s”',
  (text) => {
    expect(pictureText.safeParse(text).success).toBe(false);
  },
);
