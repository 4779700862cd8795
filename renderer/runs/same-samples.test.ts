import { expect, it } from 'vitest';
import type { Film } from '../../shared/ipc/contract';
import { sharedSamples } from './same-samples';

function film(shape: number[], ...samples: number[][]): Film {
  const pixels = Uint8Array.from(samples.flat());
  return {
    steps: [1],
    originals: { count: samples.length, shape, pixels },
    frames: pixels,
    watched: [null],
    watchedOriginals: new Uint8Array(0),
    watchedFrames: new Uint8Array(0),
  };
}

it('finds the samples that all show, wherever they stand', () => {
  const films = [
    film([2], [1, 2], [3, 4], [5, 6]),
    film([2], [5, 6], [9, 9], [1, 2]),
    film([2], [1, 2], [5, 6]),
  ];
  expect(sharedSamples(films)).toEqual([
    [0, 2, 0],
    [2, 0, 1],
  ]);
});

it('finds none among samples of other shapes', () => {
  expect(sharedSamples([film([2], [1, 2]), film([1, 2, 1], [1, 2])])).toEqual([]);
  expect(sharedSamples([])).toEqual([]);
});
