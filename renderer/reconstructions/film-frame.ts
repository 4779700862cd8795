import type { Film, ShownSamples, WatchedSamples } from '../../shared/ipc/contract';
import { valueCount } from '../../shared/tensors/shape';

/** What is shown of a run at one step. */
export interface ReconstructionFrame extends ShownSamples {
  readonly step: number;
  readonly watched?: WatchedSamples;
}

/** One frame of a film, without copying its pixels. */
export function frameOf(film: Film, index: number): ReconstructionFrame {
  const { originals, seen, watched } = film;
  const { count, shape } = originals;
  const size = valueCount(shape);
  const part = (pixels: Uint8Array, first: number, samples: number) => ({
    count: samples,
    shape,
    pixels: pixels.subarray(first * size, (first + samples) * size),
  });
  const own = watched[index];
  const before = watched.slice(0, index).reduce((sum, frame) => sum + (frame?.places.length ?? 0), 0);
  return {
    step: film.steps[index] ?? 0,
    originals,
    ...(seen && { seen }),
    reconstructions: part(film.frames, index * count, count),
    ...(own && {
      watched: {
        ...own,
        originals: part(film.watchedOriginals, before, own.places.length),
        reconstructions: part(film.watchedFrames, before, own.places.length),
      },
    }),
  };
}

/** The frame nearest to a step. */
export function nearestFrame({ steps }: Pick<Film, 'steps'>, step: number): number {
  let nearest = 0;
  steps.forEach((own, index) => {
    if (Math.abs(own - step) < Math.abs((steps[nearest] ?? 0) - step)) nearest = index;
  });
  return nearest;
}
