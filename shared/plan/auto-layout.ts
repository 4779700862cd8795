import { blockOf } from '../blocks/catalogue';
import type { GraphDocument } from '../document/graph-document';
import { type Shape, valueCount } from '../tensors/shape';
import type { KnownShapes } from './known-shapes';
import { flattenId, hasTwin, OUTPUT, twinId } from './mirror';
import type { Layer } from './plan';
import { wiringOf } from './wiring';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Width of a node, and of what the planner places, in pixels at zoom 1. */
export const NODE_WIDTH = 96;
export const PLACED_WIDTH = 26;
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

/**
 * Where every node stands: stored positions as they are; a node whose twin has one opposite it; the others in
 * columns from left to right, the encoder, the code, the decoder, centred on one line, with unconnected chains in
 * rows below. Opposite a block without a twin the column stays free. `y` is a node's upper edge.
 */
export function autoLayout(
  doc: GraphDocument,
  layers: ReadonlyMap<string, Layer>,
  shapes: ReadonlyMap<string, KnownShapes>,
): Map<string, Point> {
  const wiring = wiringOf(doc);
  const columns = new Map<string, { column: number; row: number }>();
  const stack = wiring.chain.filter((block) => blockOf(block.type)?.role !== 'code');
  const gap = gapBetween(2 * (Math.max(stack.length, LEAST_COLUMNS) + 1));
  const pitch = NODE_WIDTH + gap;
  /** What a flattening takes up, in columns. */
  const placedColumns = (PLACED_WIDTH + gap) / pitch;
  let column = 0;
  for (const block of stack) {
    if (layers.has(flattenId(block.id))) column += placedColumns;
    columns.set(block.id, { column, row: 0 });
    column += 1;
  }
  const codes = doc.blocks.filter((block) => blockOf(block.type)?.role === 'code');
  if (codes.some(({ id }) => layers.has(flattenId(id)))) column += placedColumns;
  const middle = Math.max(column, LEAST_COLUMNS);
  codes.forEach(({ id }, row) => {
    columns.set(id, { column: middle, row });
  });
  let row = 1;
  for (const root of doc.blocks) {
    if (columns.has(root.id)) continue;
    const before = wiring.previous.get(root.id);
    if (before !== undefined && !columns.has(before)) continue;
    let id: string | undefined = root.id;
    for (let place = 1; id !== undefined && !columns.has(id); place += 1) {
      columns.set(id, { column: place, row });
      id = wiring.next.get(id);
    }
    row += 1;
  }
  // Only circles are left: nothing leads into them from outside.
  for (const { id } of doc.blocks) {
    if (columns.has(id)) continue;
    columns.set(id, { column: 1, row });
    row += 1;
  }

  const positions = new Map<string, Point>();
  const stored = (id: string): Point | undefined =>
    Object.hasOwn(doc.layout, id) ? doc.layout[id] : undefined;
  const height = (id: string) => {
    const known = shapes.get(id);
    return nodeHeight(known?.inputShape ?? null, known?.outputShape ?? null);
  };
  const firstCode = codes[0]?.id;
  /** Twice the x of the line the halves are mirrored on. */
  const axis = 2 * ((firstCode === undefined ? undefined : stored(firstCode)?.x) ?? middle * pitch) + pitch;
  const opposite = (point: Point): Point => ({ x: axis - point.x, y: point.y });
  for (const [id, { column, row }] of columns) {
    const type = wiring.blocks.get(id)?.type ?? '';
    const twin = hasTwin(type) ? twinId(id) : blockOf(type)?.role === 'input' ? OUTPUT : null;
    const ownPosition = stored(id);
    const twinPosition = twin === null ? undefined : stored(twin);
    const place = (nodeId: string, at: number): Point => ({
      x: at * pitch,
      y: row * ROW - height(nodeId) / 2,
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
