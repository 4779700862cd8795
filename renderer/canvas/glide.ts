import type { Position } from '../../shared/document/edits';
import { movingTime } from '../settings/motion';

/** How long blocks take to their new places, in milliseconds. */
const GLIDE_MS = 240;

let wanted = false;

/** Lets blocks move to where the next edit puts them, instead of jumping, unless less motion is asked for. */
export function glideNext(): void {
  wanted = movingTime(GLIDE_MS) > 0;
}

/** Whether the edit that was just done asked for it; asked once. */
export function takeGlide(): boolean {
  const taken = wanted;
  wanted = false;
  return taken;
}

interface Movable {
  readonly id: string;
  readonly position: Position;
}

/** Shows nodes on their way from where they were, frame by frame, and at last in their places. Returns what ends it early. */
export function glide<Node extends Movable>(
  from: ReadonlyMap<string, Position>,
  nodes: readonly Node[],
  show: (nodes: Node[]) => void,
): () => void {
  const start = performance.now();
  let frame = requestAnimationFrame(function step(now) {
    const share = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
    // Fast at first, slow into place.
    const eased = 1 - (1 - share) ** 3;
    show(nodes.map((node) => ({ ...node, position: between(from.get(node.id), node.position, eased) })));
    if (share < 1) frame = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(frame);
}

function between(start: Position | undefined, end: Position, share: number): Position {
  if (!start || share === 1) return end;
  return { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
}
