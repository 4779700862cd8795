import type { Drawing, DrawingNode, DrawingWire } from '../../shared/plan/drawing';
import { widthOf } from './hourglass-geometry';

/** Pixels at zoom 1 between a wire and what it runs under. */
const ROOM = 34;
/** How far from a block a wire that runs under others turns down, in pixels at zoom 1. */
export const TURN = 14;

interface Span {
  readonly id: string;
  readonly left: number;
  readonly right: number;
}

/**
 * How deep the wires run that go under the drawing, so that none crosses a block or another such wire: y at zoom 1, by the
 * wire's id. These are all skips, and whatever would lead straight through a block. The shortest come first; the longer
 * ones run below them, as they are nested.
 */
export function detourLevels(drawing: Shown): ReadonlyMap<string, number> {
  const known = levelsOf.get(drawing);
  if (known) return known;
  const levels = foundLevels(drawing);
  levelsOf.set(drawing, levels);
  return levels;
}

type Shown = Pick<Drawing, 'nodes' | 'wires'>;

/** Drawings are never changed in place; every selection asks anew. */
const levelsOf = new WeakMap<Shown, ReadonlyMap<string, number>>();

function foundLevels({ nodes, wires }: Shown): ReadonlyMap<string, number> {
  const places = new Map(nodes.map((node) => [node.id, node]));
  const fromLeft = [...nodes].sort((a, b) => a.position.x - b.position.x);
  const spans = wires
    .flatMap((wire) => spanOf(wire, places, fromLeft) ?? [])
    .sort((a, b) => a.right - a.left - (b.right - b.left));
  const levels = new Map<string, number>();
  const taken = nodes.map((node) => ({
    left: node.position.x,
    right: node.position.x + widthOf(node),
    bottom: node.position.y + node.height,
  }));
  for (const { id, left, right } of spans) {
    const above = taken.filter((other) => other.left <= right && other.right >= left);
    const level = Math.max(...above.map(({ bottom }) => bottom)) + ROOM;
    levels.set(id, level);
    taken.push({ left, right, bottom: level });
  }
  return levels;
}

/**
 * From where to where a wire would run under the drawing; null where it need not.
 *
 * @param nodes from the left to the right
 */
function spanOf(
  { id, from, to, skip }: DrawingWire,
  places: ReadonlyMap<string, DrawingNode>,
  nodes: readonly DrawingNode[],
): Span | null {
  const [source, target] = [places.get(from), places.get(to)];
  if (!source || !target) return null;
  if (skip !== null) {
    const ends = [source, target].map((node) => node.position.x + widthOf(node) / 2);
    return { id, left: Math.min(...ends), right: Math.max(...ends) };
  }
  const [x, y] = [source.position.x + widthOf(source), middleOf(source)];
  const [toX, toY] = [target.position.x, middleOf(target)];
  let crosses = false;
  for (let at = firstFrom(nodes, x); at < nodes.length && !crosses; at += 1) {
    const node = nodes[at];
    if (!node || node.position.x > toX) break;
    const [left, right] = [node.position.x, node.position.x + widthOf(node)];
    if (node === source || node === target || right > toX) continue;
    const line = y + ((toY - y) * ((left + right) / 2 - x)) / (toX - x);
    crosses = line > node.position.y && line < node.position.y + node.height;
  }
  return crosses ? { id, left: x + TURN, right: toX - TURN } : null;
}

/** The place of the first node, from the left, whose left side is at `x` or beyond. */
function firstFrom(nodes: readonly DrawingNode[], x: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.position.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function middleOf({ position, height }: DrawingNode): number {
  return position.y + height / 2;
}
