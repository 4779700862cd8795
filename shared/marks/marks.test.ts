import { describe, expect, it } from 'vitest';
import { LETTERS } from './bitmap-font';
import { type Bitmap, hourglassMark, scaledMark, textMark } from './mark-bitmap';
import { markPlaces } from './mark-places';

const drawn = ({ width, values }: Bitmap) =>
  values.map((value, i) => (value >= 0.5 ? '#' : '.') + (i % width === width - 1 ? '\n' : '')).join('');
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('marks', () => {
  it('draw text in capitals, a column apart', () => {
    const rows = ['#####..###.', '#.#.#...#..', ...Array(4).fill('..#.....#..'), '..#....###.', ''];
    expect(drawn(textMark('Ti'))).toBe(rows.join('\n'));
  });

  it('tell every letter from every other', () => {
    const all = [...LETTERS].map((letter) => drawn(textMark(letter)));
    expect(new Set(all).size).toBe(LETTERS.length);
  });

  it('keep how much they cover when they are scaled', () => {
    for (const mark of [textMark('SAMPLE'), hourglassMark()]) {
      const share = sum(mark.values) / mark.values.length;
      for (const height of [3, 5, 7, 14, 40]) {
        const { values, width } = scaledMark(mark, height);
        expect(values).toHaveLength(height * width);
        expect(sum(values) / values.length).toBeCloseTo(share, 6);
        expect(values.every((value) => value >= 0 && value <= 1 + 1e-9)).toBe(true);
      }
    }
    const twice = scaledMark(textMark('T'), 14);
    expect(drawn(twice).split('\n')[0]).toBe('##########');
  });

  it('lie where they should', () => {
    const mark: Bitmap = { height: 2, width: 3, values: [1, 1, 1, 1, 1, 1] };
    const area = { height: 6, width: 8 };
    const at = (position: 'centre' | 'top-left' | 'bottom-right') =>
      markPlaces(mark, area, position).map((values) =>
        drawn({ ...area, values })
          .trim()
          .split('\n'),
      );
    expect(at('centre')).toEqual([['........', '........', '..###...', '..###...', '........', '........']]);
    expect(at('top-left')[0]?.slice(1, 3)).toEqual(['.###....', '.###....']);
    expect(at('bottom-right')[0]?.slice(3, 5)).toEqual(['....###.', '....###.']);
    const [tiles = []] = markPlaces(mark, area, 'tiled');
    expect(
      drawn({ ...area, values: tiles })
        .trim()
        .split('\n'),
    ).toEqual(['###.###.', '###.###.', '........', '#.###.##', '#.###.##', '........']);
  });

  it('lie anywhere at random, each place whole and another', () => {
    const mark: Bitmap = { height: 2, width: 3, values: [1, 1, 1, 1, 1, 1] };
    const all = markPlaces(mark, { height: 4, width: 5 }, 'random');
    expect(all).toHaveLength(9);
    expect(new Set(all.map((values) => values.join())).size).toBe(9);
    expect(all.every((values) => sum(values) === 6)).toBe(true);
    const large = markPlaces(mark, { height: 32, width: 32 }, 'random');
    expect(large.length).toBeGreaterThan(50);
    expect(large.length).toBeLessThanOrEqual(64);
    expect(new Set(large.map((values) => values.join())).size).toBe(large.length);
    // A mark that fills the picture has one place.
    expect(markPlaces(mark, { height: 2, width: 2 }, 'random')).toHaveLength(1);
  });
});
