import type { Film } from '../../shared/ipc/contract';
import { nearestFrame } from '../reconstructions/film-frame';

/** A film and how many steps an epoch of its run has. */
interface TimedFilm {
  readonly film: Film;
  readonly stepsPerEpoch: number;
}

/** Which of some films goes through the most epochs: all are scrubbed by its frames. */
export function longestFilm(films: readonly TimedFilm[]): number {
  const epochs = films.map(
    ({ film, stepsPerEpoch }) => (film.steps.at(-1) ?? 0) / Math.max(1, stepsPerEpoch),
  );
  return Math.max(0, epochs.indexOf(Math.max(...epochs)));
}

/** Of each film, the frame nearest to where the longest stands at one of its frames, by epochs. */
export function framesTogether(films: readonly TimedFilm[], at: number): number[] {
  const leading = films[longestFilm(films)];
  if (!leading) return [];
  const step = leading.film.steps[at] ?? leading.film.steps.at(-1) ?? 0;
  const epoch = step / Math.max(1, leading.stepsPerEpoch);
  return films.map(({ film, stepsPerEpoch }) => nearestFrame(film, epoch * stepsPerEpoch));
}
