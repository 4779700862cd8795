/** A rectangle of the canvas, in pixels at zoom 1. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line through the edges or centres of boxes that are in line; `from` and `to` are its ends along it. */
export interface HelperLine {
  readonly direction: 'upright' | 'level';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snap {
  /** What has to be added to the box's place for it to be in line. */
  readonly dx: number;
  readonly dy: number;
  readonly lines: readonly HelperLine[];
}

const NEXT_TO_NOTHING = 0.5;

/**
 * Where a box that is being dragged snaps to: the nearest place, at most `reach` pixels away, in which an edge or the centre
 * of it is in line with one of another box, each axis for itself; and the lines that show with which.
 */
export function snapToOthers(box: Box, others: readonly Box[], reach: number): Snap {
  const dx = nearest(
    marks(box.x, box.width),
    others.flatMap((other) => marks(other.x, other.width)),
    reach,
  );
  const dy = nearest(
    marks(box.y, box.height),
    others.flatMap((other) => marks(other.y, other.height)),
    reach,
  );
  const place = { ...box, x: box.x + (dx ?? 0), y: box.y + (dy ?? 0) };
  const lines: HelperLine[] = [];
  if (dx !== null) lines.push(...linesThrough('upright', place, others));
  if (dy !== null) lines.push(...linesThrough('level', place, others));
  return { dx: dx ?? 0, dy: dy ?? 0, lines };
}

/** Both edges and the centre of a span. */
function marks(start: number, length: number): readonly [number, number, number] {
  return [start, start + length / 2, start + length];
}

function nearest(own: readonly number[], others: readonly number[], reach: number): number | null {
  let best: number | null = null;
  for (const mark of own) {
    for (const other of others) {
      const distance = other - mark;
      if (Math.abs(distance) <= reach && Math.abs(distance) < Math.abs(best ?? Number.POSITIVE_INFINITY)) {
        best = distance;
      }
    }
  }
  return best;
}

/** One line a mark of the box that others share, as long as all that lies on it. */
function linesThrough(direction: HelperLine['direction'], box: Box, others: readonly Box[]): HelperLine[] {
  const upright = direction === 'upright';
  const across = ({ x, y, width, height }: Box) => (upright ? marks(x, width) : marks(y, height));
  const along = ({ x, y, width, height }: Box) => (upright ? [y, y + height] : [x, x + width]);
  return across(box).flatMap((at) => {
    const sharing = others.filter((other) =>
      across(other).some((mark) => Math.abs(mark - at) < NEXT_TO_NOTHING),
    );
    if (sharing.length === 0) return [];
    const ends = [box, ...sharing].flatMap((other) => along(other));
    return [{ direction, at, from: Math.min(...ends), to: Math.max(...ends) }];
  });
}
