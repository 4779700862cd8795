import { expect, it } from 'vitest';
import type { Film } from '../../shared/ipc/contract';
import { frameOf, nearestFrame } from './film-frame';

const film: Film = {
  steps: [1, 10, 30],
  originals: { count: 2, shape: [2], pixels: Uint8Array.of(1, 2, 3, 4) },
  frames: Uint8Array.of(10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30),
  watched: [null, { places: [7], pinned: 1 }, { places: [7, 9], pinned: 1, errors: [0.1, 0.2] }],
  watchedOriginals: Uint8Array.of(70, 70, 70, 70, 90, 90),
  watchedFrames: Uint8Array.of(21, 21, 31, 31, 32, 32),
};

it('gives each frame its own reconstructions and further samples', () => {
  expect(frameOf(film, 0)).toEqual({
    step: 1,
    originals: film.originals,
    reconstructions: { count: 2, shape: [2], pixels: Uint8Array.of(10, 10, 10, 10) },
  });
  expect(frameOf(film, 2)).toMatchObject({
    step: 30,
    reconstructions: { pixels: Uint8Array.of(30, 30, 30, 30) },
    watched: {
      places: [7, 9],
      pinned: 1,
      errors: [0.1, 0.2],
      originals: { count: 2, shape: [2], pixels: Uint8Array.of(70, 70, 90, 90) },
      reconstructions: { count: 2, shape: [2], pixels: Uint8Array.of(31, 31, 32, 32) },
    },
  });
});

it('finds the frame nearest to a step', () => {
  expect([0, 5, 6, 25, 99].map((step) => nearestFrame(film, step))).toEqual([0, 0, 1, 2, 2]);
});
