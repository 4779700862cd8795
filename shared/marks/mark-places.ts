import type { Bitmap } from './mark-bitmap';

/** Where a mark is put. */
export type MarkPosition = 'centre' | 'top-left' | 'bottom-right' | 'tiled' | 'random';

interface Area {
  readonly height: number;
  readonly width: number;
}

/** How many places a mark that is put at random can have at most, and how many pixels they may take together. */
const MOST_PLACES = 64;
const MOST_PIXELS = 2 ** 19;

/**
 * The pictures of a mark, each as large as the area, row after row: one where it has a fixed place, several where it is
 * put at random, evenly spread over all that there are. What does not fit is cut off.
 */
export function markPlaces(mark: Bitmap, area: Area, position: MarkPosition): readonly (readonly number[])[] {
  const room = { rows: area.height - mark.height, columns: area.width - mark.width };
  switch (position) {
    case 'centre':
      return [placed(mark, area, Math.floor(room.rows / 2), Math.floor(room.columns / 2))];
    case 'top-left':
      return [
        placed(mark, area, Math.min(1, Math.max(room.rows, 0)), Math.min(1, Math.max(room.columns, 0))),
      ];
    case 'bottom-right':
      return [placed(mark, area, Math.max(room.rows - 1, 0), Math.max(room.columns - 1, 0))];
    case 'tiled':
      return [tiled(mark, area)];
    case 'random':
      return scattered(room, area).map(([top, left]) => placed(mark, area, top, left));
  }
}

function placed(mark: Bitmap, { height, width }: Area, top: number, left: number): readonly number[] {
  return Array.from({ length: height * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width) - top, (i % width) - left];
    const isInside = row >= 0 && row < mark.height && column >= 0 && column < mark.width;
    return isInside ? (mark.values[row * mark.width + column] ?? 0) : 0;
  });
}

/** Half a mark's height apart, every second line shifted by half a mark. */
function tiled(mark: Bitmap, { height, width }: Area): readonly number[] {
  const gap = Math.max(1, Math.round(mark.height / 2));
  const [rows, columns] = [mark.height + gap, mark.width + gap];
  return Array.from({ length: height * width }, (_, i) => {
    const row = Math.floor(i / width);
    const line = Math.floor(row / rows);
    const column = ((i % width) + (line % 2) * Math.floor(columns / 2)) % columns;
    const isInside = row % rows < mark.height && column < mark.width;
    return isInside ? (mark.values[(row % rows) * mark.width + column] ?? 0) : 0;
  });
}

function scattered(room: { rows: number; columns: number }, { height, width }: Area): [number, number][] {
  const rows = Math.max(room.rows, 0) + 1;
  const columns = Math.max(room.columns, 0) + 1;
  const most = Math.max(1, Math.min(MOST_PLACES, Math.floor(MOST_PIXELS / (height * width)), rows * columns));
  // As many along each axis as its share of the room, so that they lie evenly.
  const down = Math.min(rows, Math.max(1, Math.round(Math.sqrt((most * rows) / columns))));
  const across = Math.min(columns, Math.max(1, Math.floor(most / down)));
  const at = (index: number, count: number, length: number) =>
    count === 1 ? Math.floor((length - 1) / 2) : Math.round((index * (length - 1)) / (count - 1));
  return Array.from({ length: down * across }, (_, i) => [
    at(Math.floor(i / across), down, rows),
    at(i % across, across, columns),
  ]);
}
