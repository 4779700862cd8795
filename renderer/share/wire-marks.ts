import type { DrawingNode } from '../../shared/plan/drawing';
import { formatShape } from '../../shared/tensors/shape';
import type { CanvasEdge, SkipFlowEdge, WireFlowEdge } from '../canvas/flow-elements';
import { widthOf } from '../canvas/hourglass-geometry';
import { isTooShort, skipPath, uprightPlace, type WireEnds, wirePath } from '../canvas/wire-path';
import type { Font, Mark } from './marks';

const WORDS: Font = { size: 11, mono: true };
const WIDTH = 1.6;

/** A wire or skip with the shape of what flows along it, as the canvas draws it. */
export function wireMarks(edge: CanvasEdge, nodes: ReadonlyMap<string, DrawingNode>): readonly Mark[] {
  const [from, to] = [nodes.get(edge.source), nodes.get(edge.target)];
  if (!from || !to || !edge.data) return [];
  const ends: WireEnds = {
    sourceX: from.position.x + widthOf(from),
    sourceY: from.position.y + from.height / 2,
    targetX: to.position.x,
    targetY: to.position.y + to.height / 2,
  };
  if ('edges' in edge.data) return skipMarks(edge.data, ends);
  return plainMarks(edge.data, ends);
}

function plainMarks({ wire, level, lone }: NonNullable<WireFlowEdge['data']>, ends: WireEnds): Mark[] {
  const { path, labelX, labelY } = wirePath(ends, level);
  const dash = wire.derived ? { dash: [5, 3] } : {};
  const line: Mark = { kind: 'shape', path, x: 0, y: 0, stroke: { ink: 'wire', width: WIDTH, ...dash } };
  if (!wire.shape) return [line];
  const text = formatShape(wire.shape);
  const words = { kind: 'words', text, font: WORDS, ink: 'text' } as const;
  if (level !== null || !isTooShort(ends, text, 1)) {
    return [line, { ...words, x: labelX, y: labelY - 11, align: 'centre', ground: 'ground' }];
  }
  const { x, y, below } = uprightPlace(ends, wire.shape, lone);
  return [line, { ...words, x, y: below ? y + 8 : y - 8, align: below ? 'end' : 'start', upright: true }];
}

function skipMarks({ wire, level, edges }: NonNullable<SkipFlowEdge['data']>, ends: WireEnds): Mark[] {
  const { path, arrow, labelX, labelY } = skipPath(ends, edges, level);
  const stroke = { ink: 'decoder', width: WIDTH, opacity: 0.7, round: true } as const;
  const join = wire.skip === 'add' ? '+' : 'concat';
  const text = wire.shape ? `${join} ${formatShape(wire.shape)}` : join;
  return [
    { kind: 'shape', path, x: 0, y: 0, stroke },
    { kind: 'shape', path: arrow, x: 0, y: 0, stroke },
    {
      kind: 'words',
      text,
      font: WORDS,
      ink: 'text',
      x: labelX,
      y: labelY,
      align: 'centre',
      ground: 'ground',
    },
  ];
}
