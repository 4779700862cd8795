import { describe, expect, it } from 'vitest';
import { matching, matchRank } from './word-match';

describe('words typed to find something', () => {
  it.each<[string, string, string, number | null]>([
    ['', 'Save as…', 'File', 0],
    ['save', 'Save as…', 'File', 0],
    ['as', 'Save as…', 'File', 1],
    ['s a', 'Save as…', 'File', 1],
    ['ave', 'Save as…', 'File', 2],
    ['file save', 'Save as…', 'File', 3],
    ['beta', 'β-VAE', 'beta', 3],
    ['arret', 'Arrêt', '', 0],
    ['print', 'Save as…', 'File', null],
  ])('“%s” in “%s” (%s)', (typed, name, about, rank) => {
    expect(matchRank(typed, name, about)).toBe(rank);
  });

  it('what fits best comes first', () => {
    const names = ['Select all', 'Deselect', 'Open recent', 'Rename, select'];
    expect(matching('select', names, (name) => ({ name }))).toEqual([
      'Select all',
      'Rename, select',
      'Deselect',
    ]);
  });
});
