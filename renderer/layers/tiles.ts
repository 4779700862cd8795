/** Numbers to be shown as pictures side by side: feature maps, filters, a matrix as one. */
export interface Tiles {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** The number at a place of a tile. */
  at(tile: number, y: number, x: number): number;
  /** What a tile is called: `map 3`. Counted from 1. */
  readonly name: string;
  /** What is along the two axes of a tile: `y` and `x`, `in` and `out`. */
  readonly axes: readonly [down: string, across: string];
}

/** Where tiles stand, in pixels of the page. */
export interface TileGrid {
  readonly columns: number;
  /** Pixels a number is drawn at, at each side. */
  readonly scale: number;
  readonly pitch: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly height: number;
}

const TILE_GAP = 4;
/** A canvas has no more pixels than this at each side. */
const MOST_PIXELS = 8192;

/**
 * Lays tiles out in rows.
 *
 * @param zoom 1 shows as many as the pane is wide, at the size that fills it best; more enlarges them
 */
export function tileGrid(
  { count, height, width }: Pick<Tiles, 'count' | 'height' | 'width'>,
  pane: { readonly width: number; readonly height: number },
  zoom: number,
): TileGrid {
  const fitting = (columns: number) =>
    Math.min(
      ((pane.width + TILE_GAP) / columns - TILE_GAP) / width,
      ((pane.height + TILE_GAP) / Math.ceil(count / columns) - TILE_GAP) / height,
    );
  let fit = 0;
  for (let columns = 1; columns <= count; columns += 1) fit = Math.max(fit, fitting(columns));
  // Large enough to be told apart, not so large that a single number fills the pane.
  const least = Math.min(1, (pane.width || 1) / width);
  const base = Math.min(
    24,
    Math.max(fit >= 1 ? Math.floor(fit) : fit, least, Math.min(2, 24 / Math.max(height, width))),
  );
  const wanted = base * zoom;
  const most = Math.min(MOST_PIXELS / height, MOST_PIXELS / width);
  const scale = Math.min(most, wanted >= 1 ? Math.round(wanted) : wanted);
  const pitch = { x: width * scale + TILE_GAP, y: height * scale + TILE_GAP };
  const columns = Math.max(1, Math.min(count, Math.floor((pane.width + TILE_GAP) / pitch.x)));
  const rows = Math.ceil(count / columns);
  return {
    ...{ columns, scale, pitch },
    width: columns * pitch.x - TILE_GAP,
    height: rows * pitch.y - TILE_GAP,
  };
}

/** A number's place among tiles. */
export interface TilePlace {
  readonly tile: number;
  readonly y: number;
  readonly x: number;
}

/** The place under a point of the page; null between tiles. */
export function placeAt(tiles: Tiles, grid: TileGrid, left: number, top: number): TilePlace | null {
  const [column, row] = [Math.floor(left / grid.pitch.x), Math.floor(top / grid.pitch.y)];
  const tile = row * grid.columns + column;
  const x = Math.floor((left - column * grid.pitch.x) / grid.scale);
  const y = Math.floor((top - row * grid.pitch.y) / grid.scale);
  const isInside = column < grid.columns && tile < tiles.count && x < tiles.width && y < tiles.height;
  return isInside && x >= 0 && y >= 0 ? { tile, y, x } : null;
}

/** The place that a key leads to: arrows go from number to number, Page Up and Down from tile to tile. Null for other keys. */
export function placeByKey(tiles: Tiles, { tile, y, x }: TilePlace, key: string): TilePlace | null {
  const within = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  switch (key) {
    case 'ArrowLeft':
      return { tile, y, x: within(x - 1, tiles.width) };
    case 'ArrowRight':
      return { tile, y, x: within(x + 1, tiles.width) };
    case 'ArrowUp':
      return { tile, y: within(y - 1, tiles.height), x };
    case 'ArrowDown':
      return { tile, y: within(y + 1, tiles.height), x };
    case 'PageUp':
      return { tile: within(tile - 1, tiles.count), y, x };
    case 'PageDown':
      return { tile: within(tile + 1, tiles.count), y, x };
    case 'Home':
      return { tile: 0, y: 0, x: 0 };
    case 'End':
      return { tile: tiles.count - 1, y: tiles.height - 1, x: tiles.width - 1 };
    default:
      return null;
  }
}

/** What a tile holds, for the table behind the picture. */
export interface TileFigures {
  readonly least: number;
  readonly mean: number;
  readonly most: number;
  /** The share of numbers that are exactly 0. */
  readonly zeros: number;
}

export function figuresOf({ height, width, at }: Tiles, tile: number): TileFigures {
  let [least, most, sum, zeros] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = at(tile, y, x);
      if (value < least) least = value;
      if (value > most) most = value;
      sum += value;
      if (value === 0) zeros += 1;
    }
  }
  const size = height * width;
  return { least, mean: sum / size, most, zeros: zeros / size };
}
