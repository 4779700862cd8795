import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { type Shape, valueCount } from '../tensors/shape';
import type { KnownShapes } from './known-shapes';
import { flattenId, hasTwin, OUTPUT, twinId } from './mirror';
import type { Layer } from './plan';
import { takesSeveral, type Wiring, wiringOf } from './wiring';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width of a node, and of what the planner places, in pixels at zoom 1. */
export const NODE_WIDTH = 96;
const PLACED_WIDTH = 26;

/** Width of a node of this kind, in pixels at zoom 1. */
export function nodeWidth(kind: string): number {
  return kind === 'placed' ? PLACED_WIDTH : NODE_WIDTH;
}
/** Room for a wire: with its shape written on it in a drawing of few columns, and with less in one of many. */
const WIDE_GAP = 60;
const NARROW_GAP = 28;
const FEW_COLUMNS = 8;
const MANY_COLUMNS = 14;
const ROW = 320;
/** Columns kept free for the encoder of a drawing that has just begun. */
const LEAST_COLUMNS = 3;

/** Height of the side of a node where up to eight values pass, and where nobody knows how many. */
const LEAST_HEIGHT = 76;
const UNKNOWN_HEIGHT = 124;
const PIXELS_PER_DOUBLING = 27;

/**
 * How high a side of a node is drawn, in pixels: it grows with the logarithm of the number of values that pass
 * there, so that a drawing has the outline of an hourglass and the bottleneck shows before any number is read.
 */
export function sideHeight(shape: Shape | null): number {
  if (shape === null) return UNKNOWN_HEIGHT;
  return Math.round(LEAST_HEIGHT + PIXELS_PER_DOUBLING * Math.max(0, Math.log2(valueCount(shape)) - 3));
}

/** Height of a node: that of its higher side. */
export function nodeHeight(inputShape: Shape | null, outputShape: Shape | null): number {
  return Math.max(sideHeight(inputShape ?? outputShape), sideHeight(outputShape ?? inputShape));
}

/** Pixels between two columns: less the more of them there are, so that long drawings stay readable as a whole. */
function gapBetween(columns: number): number {
  const share = Math.min(1, Math.max(0, (columns - FEW_COLUMNS) / (MANY_COLUMNS - FEW_COLUMNS)));
  return Math.round(WIDE_GAP + share * (NARROW_GAP - WIDE_GAP));
}

type Columns = Map<string, { column: number; middle: number }>;

/** How many columns the longest way through these blocks takes. */
function columnCount(blocks: readonly DocumentBlock[], wiring: Wiring): number {
  const lengths = new Map<string, number>();
  for (const { id } of blocks) {
    const before = (wiring.sources.get(id) ?? []).map((source) => lengths.get(source) ?? 0);
    lengths.set(id, 1 + Math.max(0, ...before));
  }
  return Math.max(0, ...lengths.values());
}

/** The column behind the last block that leads into this one. */
function afterSources(id: string, wiring: Wiring, columns: Columns): number {
  const before = (wiring.sources.get(id) ?? []).map((source) => columns.get(source)?.column ?? -1);
  return 1 + Math.max(-1, ...before);
}

/** Half as far apart as branches stand that leave one block. */
const BRANCH_GAP = 70;

/**
 * The line a block stands on: that of what leads into it. Where a block feeds several, these are spread about its line,
 * but for joins, which stand in the middle between all that they join.
 */
function middleOf(id: string, wiring: Wiring, columns: Columns, height: (id: string) => number): number {
  const lines = (wiring.sources.get(id) ?? []).map((source) => {
    const line = columns.get(source)?.middle ?? 0;
    const joins = (target: string) => takesSeveral(wiring.blocks.get(target)?.type);
    const branches = (wiring.targets.get(source) ?? []).filter((target) => !joins(target));
    const place = branches.indexOf(id);
    if (place < 0 || branches.length < 2) return line;
    const pitch = Math.max(...branches.map(height)) + BRANCH_GAP;
    return line + (place - (branches.length - 1) / 2) * pitch;
  });
  return lines.reduce((sum, line) => sum + line, 0) / Math.max(1, lines.length);
}

/** Moves blocks of one column that would lie over each other apart, evenly about where they stood. */
function moveApart(columns: Columns, height: (id: string) => number): void {
  const byColumn = new Map<number, string[]>();
  for (const [id, { column }] of columns) {
    const key = Math.round(column);
    byColumn.set(key, [...(byColumn.get(key) ?? []), id]);
  }
  for (const ids of byColumn.values()) {
    if (ids.length < 2) continue;
    const line = (id: string) => columns.get(id)?.middle ?? 0;
    const sorted = ids.toSorted((a, b) => line(a) - line(b));
    const centre = sorted.reduce((sum, id) => sum + line(id), 0) / sorted.length;
    let top = Number.NEGATIVE_INFINITY;
    const places = sorted.map((id) => {
      const middle = Math.max(line(id), top + height(id) / 2);
      top = middle + height(id) / 2 + BRANCH_GAP / 2;
      return { id, middle };
    });
    const moved = places.reduce((sum, { middle }) => sum + middle, 0) / places.length - centre;
    for (const { id, middle } of places) {
      const place = columns.get(id);
      if (place) columns.set(id, { ...place, middle: middle - moved });
    }
  }
}

/**
 * Where every node stands: stored positions as they are; a node whose twin has one opposite it; the others in
 * columns from left to right, the encoder, the code, the decoder, centred on one line, branches about it, with
 * unconnected chains in rows below. A block's column is behind all that lead into it. Opposite a block without a twin the column stays free. `y` is a node's upper edge.
 */
export function autoLayout(
  doc: GraphDocument,
  layers: ReadonlyMap<string, Layer>,
  shapes: ReadonlyMap<string, KnownShapes>,
): Map<string, Point> {
  const wiring = wiringOf(doc);
  const height = (id: string) => {
    const known = shapes.get(id);
    return nodeHeight(known?.inputShape ?? null, known?.outputShape ?? null);
  };
  /** Columns from the left; the middle of each node, in pixels below the line all are centred on. */
  const columns = new Map<string, { column: number; middle: number }>();
  const stack = wiring.encoder.filter((block) => blockOf(block.type)?.role !== 'code');
  const longest = columnCount(stack, wiring);
  const gap = gapBetween(2 * (Math.max(longest, LEAST_COLUMNS) + 1));
  const pitch = NODE_WIDTH + gap;
  /** What a flattening takes up, in columns. */
  const placedColumns = (PLACED_WIDTH + gap) / pitch;
  const room = (id: string) => (layers.has(flattenId(id)) ? placedColumns : 0);
  let end = 0;
  for (const { id } of stack) {
    const column = afterSources(id, wiring, columns) + room(id);
    columns.set(id, { column, middle: middleOf(id, wiring, columns, height) });
    end = Math.max(end, column + 1);
  }
  moveApart(columns, height);
  const codes = doc.blocks.filter((block) => blockOf(block.type)?.role === 'code');
  const middle = Math.max(end + Math.max(0, ...codes.map(({ id }) => room(id))), LEAST_COLUMNS);
  codes.forEach(({ id }, row) => {
    columns.set(id, { column: middle, middle: row * ROW });
  });
  const lowest = Math.max(...[...columns].map(([id, place]) => place.middle + height(id) / 2));
  let row = Math.max(1, Math.ceil((lowest + ROW / 2) / ROW));
  for (const root of doc.blocks) {
    if (columns.has(root.id)) continue;
    const [before] = wiring.sources.get(root.id) ?? [];
    if (before !== undefined && !columns.has(before)) continue;
    let id: string | undefined = root.id;
    for (let place = 1; id !== undefined && !columns.has(id); place += 1) {
      columns.set(id, { column: place, middle: row * ROW });
      id = wiring.targets.get(id)?.[0];
    }
    row += 1;
  }
  // Only circles are left: nothing leads into them from outside.
  for (const { id } of doc.blocks) {
    if (columns.has(id)) continue;
    columns.set(id, { column: 1, middle: row * ROW });
    row += 1;
  }

  const positions = new Map<string, Point>();
  const stored = (id: string): Point | undefined =>
    Object.hasOwn(doc.layout, id) ? doc.layout[id] : undefined;
  const firstCode = codes[0]?.id;
  /** Twice the x of the line the halves are mirrored on. */
  const axis = 2 * ((firstCode === undefined ? undefined : stored(firstCode)?.x) ?? middle * pitch) + pitch;
  const opposite = (point: Point): Point => ({ x: axis - point.x, y: point.y });
  for (const [id, { column, middle: line }] of columns) {
    const type = wiring.blocks.get(id)?.type ?? '';
    const twin = hasTwin(type) ? twinId(id) : blockOf(type)?.role === 'input' ? OUTPUT : null;
    const ownPosition = stored(id);
    const twinPosition = twin === null ? undefined : stored(twin);
    const place = (nodeId: string, at: number): Point => ({
      x: at * pitch,
      y: line - height(nodeId) / 2,
    });
    // A skip can make a twin higher than its block; the two stay centred on one line.
    const lower = twin === null ? 0 : (height(id) - height(twin)) / 2;
    const across = (point: Point, down: number): Point => ({ x: axis - point.x, y: point.y + down });
    const own = ownPosition ?? (twinPosition ? across(twinPosition, -lower) : place(id, column));
    positions.set(id, own);
    if (twin !== null) positions.set(twin, twinPosition ?? across(own, lower));
    const flat = flattenId(id);
    if (!layers.has(flat)) continue;
    const left = stored(flat) ?? {
      x: own.x - placedColumns * pitch,
      y: own.y + (height(id) - height(flat)) / 2,
    };
    positions.set(flat, left);
    const right = { x: opposite(left).x + NODE_WIDTH - PLACED_WIDTH, y: left.y };
    positions.set(twinId(flat), stored(twinId(flat)) ?? right);
  }
  if (!positions.has(OUTPUT)) positions.set(OUTPUT, stored(OUTPUT) ?? opposite({ x: 0, y: 0 }));
  return positions;
}
