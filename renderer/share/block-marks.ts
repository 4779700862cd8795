import { isFrozen } from '../../shared/blocks/freezing';
import { rateFactorOf } from '../../shared/blocks/rate-factor';
import type { DrawingNode } from '../../shared/plan/drawing';
import { secondLines, shortCount } from '../canvas/face-words';
import { markPath, silhouette, silhouettePath, widthOf } from '../canvas/hourglass-geometry';
import { type Font, fitted, type Ink, type Mark, type Measure } from './marks';

const LABEL: Font = { size: 13, bold: true };
const GLANCE: Font = { size: 12, mono: true };
const SMALL: Font = { size: 12 };
const BADGE: Font = { size: 13, bold: true };
const LINE_HEIGHT = 1.2;
const GAP = 1;
/** Room on both sides of a block's words. */
const ASIDE = 5;

/** A block as the canvas draws it in full, without what a run shows on it. */
export function blockMarks(node: DrawingNode, measure: Measure): readonly Mark[] {
  const shape = silhouette(node.inputShape, node.outputShape, widthOf(node));
  const { x, y } = node.position;
  const [ink, fill] = inksOf(node);
  const path = silhouettePath(shape);
  const outline: Mark = {
    kind: 'shape',
    path,
    x,
    y,
    fill: { ink: fill },
    stroke: { ink, width: 1.5, ...(node.bypassed ? { dash: [3, 3] } : {}) },
  };
  const isEnd = node.kind === 'input' || node.kind === 'output';
  const marks: Mark[] = [];
  // A group: something lies behind what is seen.
  if (node.kind === 'group') marks.push({ ...outline, x: x + 6, y: y - 6 });
  if (isEnd) {
    marks.push({ kind: 'shape', path, x, y, fill: { ink: 'panel' } });
    marks.push({ ...outline, fill: { ink: fill, opacity: 0.45 } });
  } else marks.push(outline);
  if (node.kind !== 'placed') {
    const bold = { ink, width: 4, round: true } as const;
    marks.push({ kind: 'shape', path: markPath(shape, node.half), x, y, stroke: bold });
  }
  return [...marks, ...words(node, shape.width, measure), ...badges(node, ink, shape)];
}

function inksOf({ bypassed, half }: DrawingNode): [Ink, Ink] {
  return bypassed ? ['faint', 'ground'] : [half, `${half}-fill`];
}

function words(node: DrawingNode, width: number, measure: Measure): Mark[] {
  const middle = { x: node.position.x + width / 2, y: node.position.y + node.height / 2 };
  const ink: Ink = node.bypassed ? 'faint' : 'text';
  if (node.kind === 'placed') {
    const font = { size: 13 };
    return [
      { kind: 'words', text: node.label, font, ink: 'soft', ...middle, align: 'centre', upright: true },
    ];
  }
  const room = width - 2 * ASIDE;
  // A name that people gave is cut; the kind has a shorter word for itself.
  const isOwn = node.label !== node.kindLabel;
  const label = isOwn || measure(node.label, LABEL) <= room ? node.label : node.brief;
  const lines: { text: string; font: Font; ink: Ink }[] = [{ text: label, font: LABEL, ink }];
  if (node.description !== '') lines.push({ text: node.description, font: GLANCE, ink });
  const soft: Ink = node.bypassed ? 'faint' : 'soft';
  for (const text of secondLines(node)) lines.push({ text, font: SMALL, ink: soft });
  if (node.parameterCount) {
    lines.push({ text: `${shortCount(node.parameterCount)} par.`, font: SMALL, ink: soft });
  }
  const heights = lines.map(({ font }) => font.size * LINE_HEIGHT);
  const all = heights.reduce((sum, height) => sum + height, 0) + GAP * (lines.length - 1);
  let top = middle.y - all / 2;
  return lines.map(({ text, font, ink: own }, at) => {
    const height = heights[at] ?? 0;
    const y = top + height / 2;
    top += height + GAP;
    return {
      kind: 'words',
      text: fitted(text, room, font, measure),
      font,
      ink: own,
      x: middle.x,
      y,
      align: 'centre',
    };
  });
}

const CIRCLE = 'M-10 0 a10 10 0 1 0 20 0 a10 10 0 1 0 -20 0 Z';
const PILL = 'M-2 -8 h4 a8 8 0 0 1 0 16 h-4 a8 8 0 0 1 0 -16 Z';
const SQUARE = 'M-6 -10 h12 a4 4 0 0 1 4 4 v12 a4 4 0 0 1 -4 4 h-12 a4 4 0 0 1 -4 -4 v-12 a4 4 0 0 1 4 -4 Z';
const LINK = 'M-1.5 0 h3 M-2 -3 h-1.5 a3 3 0 0 0 0 6 h1.5 M2 -3 h1.5 a3 3 0 0 1 0 6 h-1.5';
const LOCK = 'M-4 -0.5 h8 v5 h-8 Z M-2.5 -0.5 v-2 a2.5 2.5 0 0 1 5 0 v2';
const BAN = 'M-5 0 a5 5 0 1 0 10 0 a5 5 0 1 0 -10 0 Z M-3.5 -3.5 l7 7';

/** The signs on a block's edges, as on the canvas: shared weights, frozen or slower, bypassed, different from the mirror on purpose. */
function badges(
  node: DrawingNode,
  ink: Ink,
  { width, height, left, right }: { width: number; height: number; left: number; right: number },
): Mark[] {
  const { x, y } = node.position;
  const badge = (path: string, dx: number, dy: number, own: Ink, sign: string): Mark[] => [
    { kind: 'shape', path, x: x + dx, y: y + dy, fill: { ink: 'panel' }, stroke: { ink: own, width: 1 } },
    ...(sign === ''
      ? []
      : [
          {
            kind: 'shape',
            path: sign,
            x: x + dx,
            y: y + dy,
            stroke: { ink: own, width: 1.5, round: true },
          } as const,
        ]),
  ];
  const marks: Mark[] = [];
  if (node.tied) marks.push(...badge(PILL, width / 2, (height - (left + right) / 2) / 2, ink, LINK));
  const factor = rateFactorOf(node);
  if (isFrozen(node)) marks.push(...badge(CIRCLE, 3, height - 1, ink, LOCK));
  else if (factor !== 1) {
    const rate = { text: `×${factor}`, font: SMALL, ink, x: x + 8, y: y + height - 1 } as const;
    marks.push({ kind: 'words', ...rate, align: 'centre', ground: 'panel' });
  }
  if (node.bypassed) marks.push(...badge(CIRCLE, width - 3, height - 1, 'faint', BAN));
  if (node.differences.length > 0) {
    marks.push(...badge(SQUARE, 3, 1, 'decoder', ''));
    const sign = { text: '≠', font: BADGE, ink: 'decoder', x: x + 3, y: y + 1, align: 'centre' } as const;
    marks.push({ kind: 'words', ...sign });
  }
  return marks;
}
