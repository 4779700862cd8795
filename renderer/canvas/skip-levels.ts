import type { Drawing } from '../../shared/plan/drawing';
import { widthOf } from './hourglass-geometry';

/** Pixels at zoom 1 between a skip and what it runs under. */
const ROOM = 34;

/**
 * How deep each skip runs under the drawing, so that none crosses a block or another skip: y at zoom 1, by the id of its
 * wire. Skips are nested as the blocks are, so the shortest come first and the longer ones run below them.
 */
export function skipLevels({ nodes, wires }: Pick<Drawing, 'nodes' | 'wires'>): ReadonlyMap<string, number> {
  const places = new Map(nodes.map((node) => [node.id, node]));
  const skips = wires
    .filter(({ skip }) => skip !== null)
    .flatMap(({ id, from, to }) => {
      const ends = [places.get(from), places.get(to)].map(
        (node) => node && node.position.x + widthOf(node) / 2,
      );
      const [a = 0, b = 0] = ends;
      return [{ id, left: Math.min(a, b), right: Math.max(a, b) }];
    })
    .sort((a, b) => a.right - a.left - (b.right - b.left));
  const levels = new Map<string, number>();
  const taken = nodes.map((node) => ({
    left: node.position.x,
    right: node.position.x + widthOf(node),
    bottom: node.position.y + node.height,
  }));
  for (const { id, left, right } of skips) {
    const above = taken.filter((other) => other.left <= right && other.right >= left);
    const level = Math.max(...above.map(({ bottom }) => bottom)) + ROOM;
    levels.set(id, level);
    taken.push({ left, right, bottom: level });
  }
  return levels;
}
