import type { Film } from '../../shared/ipc/contract';
import { valueCount } from '../../shared/tensors/shape';

/** A sample that every one of some films shows: its place in each of them. */
export type SharedSample = readonly number[];

/** The samples that all of these films show, told by their pixels, in the order of the first. */
export function sharedSamples(films: readonly Film[]): SharedSample[] {
  const [first, ...others] = films;
  if (!first) return [];
  const places = others.map((film) => {
    const byPixels = new Map<string, number>();
    for (let place = film.originals.count - 1; place >= 0; place -= 1)
      byPixels.set(keyOf(film, place), place);
    return byPixels;
  });
  return Array.from({ length: first.originals.count }, (_, place) => place).flatMap((place) => {
    const key = keyOf(first, place);
    const found = places.map((byPixels) => byPixels.get(key));
    return found.every((each) => each !== undefined) ? [[place, ...found]] : [];
  });
}

function keyOf({ originals: { shape, pixels } }: Film, place: number): string {
  const size = valueCount(shape);
  return `${shape.join()}:${pixels.subarray(place * size, (place + 1) * size).join()}`;
}
