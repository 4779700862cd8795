import { getBezierPath, Position } from '@xyflow/react';
import { NODE_WIDTH, sideHeight } from '../../shared/plan/auto-layout';
import type { Shape } from '../../shared/tensors/shape';
import { TURN } from './detours';
import { SHORT_BELOW } from './zoom-level';

/** The way of a wire as an SVG path, and where its words stand, all in pixels at zoom 1. */
interface WirePath {
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

/** From the right side of one block to the left of another. */
export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

const CORNER = 8;
const SKIP_CORNER = 10;
/** How far from the end of a long wire its words stand. */
const LABEL_ASIDE = 20;

/** A wire from one handle to another; with a `level`, down there under what stands between them. */
export function wirePath(ends: WireEnds, level: number | null): WirePath {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (level === null) {
    const [path, labelX, labelY] = getBezierPath({
      ...ends,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
    });
    return { path, labelX, labelY };
  }
  const [down, up] = [sourceX + TURN, targetX - TURN];
  const path = [
    `M${sourceX} ${sourceY} H${down - CORNER} Q${down} ${sourceY} ${down} ${sourceY + CORNER}`,
    `V${level - CORNER} Q${down} ${level} ${down + CORNER} ${level} H${up - CORNER}`,
    `Q${up} ${level} ${up} ${level - CORNER} V${targetY + CORNER} Q${up} ${targetY} ${up + CORNER} ${targetY} H${targetX}`,
  ].join(' ');
  return { path, labelX: (down + up) / 2, labelY: level };
}

interface SkipPath extends WirePath {
  readonly arrow: string;
}

/**
 * A skip out of the lower edge of a block, under the drawing, into that of its twin.
 *
 * @param edges from the middle of each end's block down to its lower edge
 * @param level how deep its lowest stretch runs
 */
export function skipPath(
  { sourceX, sourceY, targetX, targetY }: WireEnds,
  edges: { readonly source: number; readonly target: number },
  level: number,
): SkipPath {
  // The handles stand in the middle of the sides; the skip begins and ends half a block further in.
  const [from, to] = [sourceX - NODE_WIDTH / 2, targetX + NODE_WIDTH / 2];
  const [top, end] = [sourceY + edges.source, targetY + edges.target];
  const bottom = Math.max(level, top + SKIP_CORNER, end + SKIP_CORNER);
  const way = to < from ? -1 : 1;
  const path = [
    `M${from} ${top} V${bottom - SKIP_CORNER} Q${from} ${bottom} ${from + way * SKIP_CORNER} ${bottom}`,
    `H${to - way * SKIP_CORNER} Q${to} ${bottom} ${to} ${bottom - SKIP_CORNER} V${end}`,
  ].join(' ');
  return {
    path,
    arrow: `M${to - 4} ${end + 9} L${to} ${end + 1} L${to + 4} ${end + 9}`,
    labelX: (from + to) / 2,
    labelY: bottom,
  };
}

/** Room a letter of a shape asks for on the screen, in pixels; more of it among short forms, so that all stand alike. */
function letterWidth(zoom: number): number {
  return zoom < SHORT_BELOW ? 16 : 6.3 * Math.max(1, zoom);
}

/** Whether a wire is too short for its words, which then stand upright on the outline of the hourglass. */
export function isTooShort({ sourceX, targetX }: WireEnds, words: string, zoom: number): boolean {
  return targetX > sourceX && (targetX - sourceX) * zoom < words.length * letterWidth(zoom);
}

/**
 * Where the words of a wire stand upright: on the outline, above it, but below a branch that stands lower than where it parts or meets.
 *
 * @param lone the end where it runs by itself, beside which its words stand; null where it does so at both
 */
export function uprightPlace(
  ends: WireEnds,
  shape: Shape | null,
  lone: 'source' | 'target' | null,
): { readonly x: number; readonly y: number; readonly below: boolean } {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const aside = Math.min((targetX - sourceX) / 2, LABEL_ASIDE);
  const x =
    lone === 'source' ? sourceX + aside : lone === 'target' ? targetX - aside : (sourceX + targetX) / 2;
  const row = lone === 'source' ? sourceY : lone === 'target' ? targetY : Math.min(sourceY, targetY);
  const below = row > Math.min(sourceY, targetY);
  const half = sideHeight(shape) / 2;
  return { x, y: row + (below ? half : -half), below };
}
