import type { Shape } from '../tensors/shape';
import type { LayerOps } from './layer-ops';
import { pictureOf } from './spatial';

/** What goes along one axis from `length` values to as many: row after row, entry [from, to]. */
type Mixing = (length: number) => readonly number[];

/** A picture with its rows, then its columns, mixed: what is the same along both axes is done axis by axis. */
export function resampled<V>(ops: LayerOps<V>, x: V, shape: Shape, mixing: Mixing): V {
  const [height, width] = pictureOf(shape);
  return ops.alongAxis(ops.alongAxis(x, 0, mixing(height)), 1, mixing(width));
}

/** A Gaussian of this standard deviation in pixels, cut off at the picture's edge and made to sum to 1 there too. */
export function gaussianMixing(deviation: number): Mixing {
  return (length) =>
    mixed(length, (to) => {
      const weights = Array.from({ length }, (_, from) =>
        Math.exp(-((from - to) ** 2) / (2 * deviation ** 2)),
      );
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return weights.map((weight) => weight / sum);
    });
}

/**
 * Down by a whole factor, each pixel the mean of `factor` (the last of those that are left), and up again: every pixel
 * repeated (`nearest`), or straight lines between their centres (`bilinear`), level beyond the outermost.
 */
export function downscalingMixing(factor: number, method: 'nearest' | 'bilinear'): Mixing {
  return (length) => {
    const small = Math.ceil(length / factor);
    return mixed(length, (to) => {
      const place = Math.min(Math.max((to + 0.5) / factor - 0.5, 0), small - 1);
      const below = method === 'nearest' ? Math.floor(to / factor) : Math.floor(place);
      const share = method === 'nearest' ? 0 : place - below;
      return Array.from({ length }, (_, from) => {
        const at = Math.floor(from / factor);
        const count = Math.min((at + 1) * factor, length) - at * factor;
        return ((at === below ? 1 - share : 0) + (at === below + 1 ? share : 0)) / count;
      });
    });
  };
}

/** The mixing of what each value is made of. */
function mixed(length: number, madeOf: (to: number) => readonly number[]): readonly number[] {
  const columns = Array.from({ length }, (_, to) => madeOf(to));
  return Array.from(
    { length: length * length },
    (_, i) => columns[i % length]?.[Math.floor(i / length)] ?? 0,
  );
}
