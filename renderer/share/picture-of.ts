import type { GraphDocument } from '../../shared/document/graph-document';
import { valueCount } from '../../shared/tensors/shape';
import { flowEdges, flowFrames } from '../canvas/flow-elements';
import { widthOf } from '../canvas/hourglass-geometry';
import { canvasDrawing, shownDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { blockMarks } from './block-marks';
import { type Bounds, type Font, fitted, type Mark, type Measure, wordsBounds } from './marks';
import { frameMarks, noteMarks } from './note-marks';
import { wireMarks } from './wire-marks';

/** A picture of a drawing, in pixels at 1×; the upper left corner is at 0, 0. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The later ones lie over the earlier. */
  readonly marks: readonly Mark[];
}

const MARGIN = 36;
const TITLE: Font = { size: 20, bold: true };
const FACTS: Font = { size: 13 };
const FOOT: Font = { size: 12 };
const HEAD_ROOM = 66;
const FOOT_ROOM = 36;
/** No narrower, so that title and foot have room. */
const LEAST_WIDTH = 560;

/**
 * The drawing as the canvas shows it at 1×, all of it, with its name above, and below what the picture is good for. Nothing of data or runs
 * is in it.
 */
export function pictureOf(document: GraphDocument, measure: Measure): Picture {
  const drawing = canvasDrawing(document);
  const nodes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const notes = document.notes ?? [];
  const frames = flowFrames(document, shownDrawing(document).nodes, []);
  const marks: Mark[] = [
    ...frames.flatMap((frame) => frameMarks(frame, measure)),
    ...notes.flatMap((note) => noteMarks(note, measure)),
    ...flowEdges(drawing, []).flatMap((edge) => wireMarks(edge, nodes)),
    ...drawing.nodes.flatMap((node) => blockMarks(node, measure)),
  ];
  const boxes: Bounds[] = [
    ...drawing.nodes.map((node) => box(node.position.x, node.position.y, widthOf(node), node.height)),
    ...notes.map(({ x, y, width, height }) => box(x, y, width, height)),
    ...frames.map(({ position: { x, y }, width = 0, height = 0 }) => box(x, y, width, height)),
    ...marks.flatMap((mark) => (mark.kind === 'words' ? [wordsBounds(mark, measure)] : [])),
  ];
  const left = Math.min(...boxes.map((each) => each.left));
  const top = Math.min(...boxes.map((each) => each.top));
  const drawn = Math.max(...boxes.map((each) => each.right)) - left;
  const inner = Math.max(LEAST_WIDTH, drawn);
  const bottom = Math.max(...boxes.map((each) => each.bottom));
  const [dx, dy] = [MARGIN + (inner - drawn) / 2 - left, MARGIN + HEAD_ROOM - top];
  const [width, height] = [
    Math.ceil(inner + 2 * MARGIN),
    Math.ceil(bottom - top + HEAD_ROOM + FOOT_ROOM + 2 * MARGIN),
  ];
  const line = (text: string, font: Font, ink: 'text' | 'soft', y: number): Mark => ({
    kind: 'words',
    text: fitted(text, inner, font, measure),
    font,
    ink,
    x: MARGIN,
    y,
    align: 'start',
  });
  return {
    width,
    height,
    marks: [
      line(document.name, TITLE, 'text', MARGIN + 10),
      line(factsOf(document), FACTS, 'soft', MARGIN + 36),
      ...marks.map((mark) => ({ ...mark, x: mark.x + dx, y: mark.y + dy })),
      line(t('share.pictureFoot'), FOOT, 'soft', height - MARGIN - 4),
    ],
  };
}

function box(x: number, y: number, width: number, height: number): Bounds {
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** `784 values through 32 · 151,456 parameters`. */
function factsOf(document: GraphDocument): string {
  const { codeShape, parameterCount } = shownDrawing(document);
  const values = valueCount(document.data.shape).toLocaleString('en');
  const parameters = t('share.parameters', {
    count: parameterCount,
    number: parameterCount.toLocaleString('en'),
  });
  if (!codeShape) return parameters;
  return `${t('share.through', { values, code: valueCount(codeShape).toLocaleString('en') })} · ${parameters}`;
}
