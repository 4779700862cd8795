import { expect, it } from 'vitest';
import type { RunEvent } from '../../shared/ipc/contract';
import { FilmStrip } from './film-strip';

type Reconstructions = Extract<RunEvent, { kind: 'reconstructions' }>;

/** Two samples of three values; every value of the reconstructions tells the step. */
function shown(step: number, places?: number[]): Reconstructions {
  const block = (count: number, value: number) => ({
    count,
    shape: [3],
    pixels: new Uint8Array(3 * count).fill(value),
  });
  return {
    kind: 'reconstructions',
    step,
    originals: block(2, 7),
    reconstructions: block(2, step % 256),
    ...(places && {
      watched: {
        places,
        pinned: 1,
        originals: block(places.length, 9),
        reconstructions: block(places.length, step % 256),
      },
    }),
  };
}

it('keeps all there are while there is room', () => {
  const film = new FilmStrip();
  expect(film.film()).toBeNull();
  for (const step of [1, 5, 9]) film.add(shown(step, step > 1 ? [4, 8] : undefined));
  expect(film.film()).toEqual({
    steps: [1, 5, 9],
    originals: { count: 2, shape: [3], pixels: new Uint8Array(6).fill(7) },
    frames: Uint8Array.of(1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9),
    watched: [null, { places: [4, 8], pinned: 1 }, { places: [4, 8], pinned: 1 }],
    watchedOriginals: new Uint8Array(12).fill(9),
    watchedFrames: Uint8Array.of(5, 5, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9),
  });
});

it('thins out evenly, and always keeps the first and the latest', () => {
  const film = new FilmStrip({ frames: 8, bytes: 1e9 });
  for (let step = 1; step <= 1000; step++) {
    film.add(shown(step));
    const steps = film.film()?.steps ?? [];
    expect(steps.length).toBeLessThanOrEqual(8);
    expect(steps[0]).toBe(1);
    expect(steps.at(-1)).toBe(step);
    const gaps = steps.slice(1, -1).map((own, index) => own - steps[index]!);
    expect(new Set(gaps).size).toBeLessThanOrEqual(1);
    // At least a third of the room is used, however long it goes on.
    if (step > 8) expect(steps.length).toBeGreaterThanOrEqual(4);
  }
});

it('is held to its bytes, those of the further samples among them', () => {
  const film = new FilmStrip({ frames: 1000, bytes: 100 });
  for (let step = 1; step <= 50; step++) film.add(shown(step, [1, 2, 3]));
  // A frame has 6 bytes, and 9 twice: originals and reconstructions.
  expect(film.film()?.steps.length).toBeLessThanOrEqual(4);
  expect(film.film()?.steps.at(-1)).toBe(50);
});
