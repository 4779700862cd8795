import { type Shape, sameShape } from './shape';

/** How several values become one: their sum, or one after the other along the last axis (channels, units). */
export const JOINS = ['add', 'concat'] as const;
export type Join = (typeof JOINS)[number];

/** The shape of several values joined; null where they do not fit, and where there are none. */
export function joinedShape(shapes: readonly Shape[], join: Join): Shape | null {
  const [first, ...others] = shapes;
  if (!first) return null;
  if (join === 'add') return others.every((shape) => sameShape(shape, first)) ? first : null;
  const before = first.slice(0, -1);
  const fits = others.every((shape) => sameShape(shape.slice(0, -1), before));
  return fits ? [...before, shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)] : null;
}
