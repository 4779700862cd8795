import { describe, expect, it } from 'vitest';
import { found, matchOf } from './find-blocks';
import { paletteGroups } from './palette-entries';

const entries = paletteGroups.flatMap((group) => group.entries);
const first = (typed: string) => {
  const [best] = found(entries, typed);
  return best && `${best.label} ${best.half}`;
};

describe('finding a block by what was typed', () => {
  it.each([
    ['', 'Dense encoder'],
    ['dense', 'Dense encoder'],
    ['FULLY connected', 'Dense encoder'],
    ['latent', 'Code encoder'],
    ['bottleneck', 'Code encoder'],
    ['conv2d', 'Convolution encoder'],
    ['conv 1d', 'Convolution 1D encoder'],
    ['transposed', 'Transposed convolution decoder'],
    ['max-pool', 'Max pool encoder'],
    ['pool av', 'Average pool encoder'],
    ['relu', 'Activation encoder'],
    ['batchnorm', 'Batch normalisation encoder'],
    ['cnvl', 'Convolution encoder'],
    ['unpool', 'Max pool encoder'],
    ['inpaint', 'Masked input encoder'],
    ['bottleneck zebra', undefined],
    ['qqq', undefined],
  ])('“%s” finds %s first', (typed, expected) => {
    expect(first(typed)).toBe(expected);
  });
  it('finds every block by its label, its type and each of its other names', () => {
    for (const entry of entries) {
      for (const name of [entry.label, entry.block.type, ...(entry.block.alsoCalled ?? [])]) {
        expect(matchOf(entry, name), `${entry.label}: ${name}`).not.toBeNull();
      }
      expect(first(entry.label)?.startsWith(entry.label)).toBe(true);
    }
  });
  it('keeps the order of the palette among equals', () => {
    expect(found(entries, '')).toEqual(entries);
  });
});
