import { expect, it } from 'vitest';
import type { Film } from '../../shared/ipc/contract';
import { framesTogether, longestFilm } from './compared-films';

const film = (steps: number[]) => ({ steps }) as unknown as Film;

it('scrubs films together by epochs, whatever the batches, the longest leading', () => {
  const films = [
    { film: film([0, 10, 20]), stepsPerEpoch: 10 },
    { film: film([0, 50, 100, 200, 400]), stepsPerEpoch: 100 },
  ];
  expect(longestFilm(films)).toBe(1);
  expect(framesTogether(films, 0)).toEqual([0, 0]);
  expect(framesTogether(films, 2)).toEqual([1, 2]);
  // The shorter one stays at its end.
  expect(framesTogether(films, 4)).toEqual([2, 4]);
  expect(framesTogether(films, 99)).toEqual([2, 4]);
  expect(framesTogether([], 0)).toEqual([]);
});
