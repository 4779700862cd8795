import { describe, expect, it } from 'vitest';
import { courseWords, pairWords } from './course-words';

describe('a chart of values in words', () => {
  it('tells each value of a short vector, of the sample that is meant', () => {
    const pixels = Uint8Array.from([0, 0, 0, 0, 255, 51]);
    expect(courseWords(pixels, [3], 1)).toBe('in percent of the range: 0, 100, 20');
  });

  it('tells sixteen means of a long one', () => {
    const pixels = Uint8Array.from({ length: 1600 }, (_, at) => (at < 800 ? 0 : 255));
    expect(courseWords(pixels, [1600], 0)).toBe(
      `in percent of the range: ${[...Array(8).fill(0), ...Array(8).fill(100)].join(', ')}`,
    );
  });

  it('tells the channels of a series one after the other, and a reconstruction beside its original', () => {
    const pixels = Uint8Array.from([0, 255, 255, 0]);
    const words = 'channel 1 in percent of the range: 0, 100; channel 2 in percent of the range: 100, 0';
    expect(courseWords(pixels, [2, 2], 0)).toBe(words);
    expect(pairWords(pixels, pixels, [2, 2], 0)).toBe(`Original: ${words}. Reconstruction: ${words}.`);
  });
});
