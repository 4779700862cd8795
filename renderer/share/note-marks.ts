import type { Note } from '../../shared/document/notes';
import type { FrameFlowNode } from '../canvas/flow-elements';
import { type Font, fitted, type Ink, type Mark, type Measure, wrapped } from './marks';

const TEXT: Font = { size: 13 };
const TITLE: Font = { size: 13, bold: true };
const LINE = 13 * 1.35;
const INKS: Readonly<Record<Note['colour'], Ink>> = {
  yellow: 'code',
  blue: 'encoder',
  green: 'decoder',
  violet: 'held-out',
  grey: 'faint',
};

/** A rectangle with rounded corners as an SVG path. */
function rounded(width: number, height: number, radius: number): string {
  const [w, h, r] = [width, height, radius];
  return `M${r} 0 H${w - r} Q${w} 0 ${w} ${r} V${h - r} Q${w} ${h} ${w - r} ${h} H${r} Q0 ${h} 0 ${h - r} V${r} Q0 0 ${r} 0 Z`;
}

/** A note with as many of its lines as it has room for. */
export function noteMarks(note: Note, measure: Measure): readonly Mark[] {
  const { x, y, width, height } = note;
  const ink = INKS[note.colour];
  const path = rounded(width, height, 4);
  const lines = wrapped(note.text, width - 21, TEXT, measure);
  const most = Math.max(1, Math.floor((height - 14) / LINE));
  return [
    { kind: 'shape', path, x, y, fill: { ink: 'panel' } },
    { kind: 'shape', path, x, y, fill: { ink, opacity: 0.16 }, stroke: { ink, width: 1, opacity: 0.7 } },
    { kind: 'shape', path: `M1.5 3 V${height - 3}`, x, y, stroke: { ink, width: 3 } },
    ...lines.slice(0, most).map(
      (line, at): Mark => ({
        kind: 'words',
        text: at === most - 1 && lines.length > most ? `${line.slice(0, -1)}…` : line,
        font: TEXT,
        ink: 'text',
        x: x + 12,
        y: y + 7 + LINE * (at + 0.5),
        align: 'start',
      }),
    ),
  ];
}

/** The frame around a group, with its name. */
export function frameMarks(
  { position: { x, y }, width = 0, height = 0, data: { half } }: FrameFlowNode,
  measure: Measure,
): readonly Mark[] {
  const ink = half.half;
  const path = rounded(width, height, 8);
  return [
    { kind: 'shape', path, x, y, fill: { ink, opacity: 0.06 }, stroke: { ink, width: 1, dash: [4, 3] } },
    {
      kind: 'words',
      text: fitted(half.name, width - 20, TITLE, measure),
      font: TITLE,
      ink: 'text',
      x: x + 10,
      y: y + 14,
      align: 'start',
    },
  ];
}
