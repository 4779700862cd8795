/** What a picture of a drawing is made of, before anything is painted: lines, areas and words at their places, in pixels at 1×. */

/** A colour by its name in `window.css`: `encoder-fill` for `--hg-encoder-fill`. */
export type Ink =
  | 'ground'
  | 'panel'
  | 'line'
  | 'line-strong'
  | 'text'
  | 'soft'
  | 'faint'
  | 'encoder'
  | 'encoder-fill'
  | 'code'
  | 'code-fill'
  | 'decoder'
  | 'decoder-fill'
  | 'held-out'
  | 'wire';

export const INKS: readonly Ink[] = [
  'ground',
  'panel',
  'line',
  'line-strong',
  'text',
  'soft',
  'faint',
  'encoder',
  'encoder-fill',
  'code',
  'code-fill',
  'decoder',
  'decoder-fill',
  'held-out',
  'wire',
];

interface ShapeMark {
  readonly kind: 'shape';
  /** An SVG path, from `x` and `y` on. */
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly fill?: { readonly ink: Ink; readonly opacity?: number };
  readonly stroke?: {
    readonly ink: Ink;
    readonly width: number;
    readonly dash?: readonly number[];
    readonly round?: boolean;
    readonly opacity?: number;
  };
}

export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
  readonly italic?: boolean;
}

export interface WordsMark {
  readonly kind: 'words';
  readonly text: string;
  readonly font: Font;
  readonly ink: Ink;
  /** Where the line is centred in height, and where it begins, is centred or ends along its direction. */
  readonly x: number;
  readonly y: number;
  readonly align: 'start' | 'centre' | 'end';
  /** Read from below upwards. */
  readonly upright?: boolean;
  /** What is laid under them, so that no line goes through. */
  readonly ground?: Ink;
}

export type Mark = ShapeMark | WordsMark;

/** How wide a line of words is, in pixels. */
export type Measure = (text: string, font: Font) => number;

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The words, or as many of them as fit with an ellipsis behind. */
export function fitted(text: string, width: number, font: Font, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && measure(`${letters.join('').trimEnd()}…`, font) > width) letters.pop();
  return letters.length === 0 ? '' : `${letters.join('').trimEnd()}…`;
}

/** The lines of a text in a column so wide: broken between words, and within one that is wider. */
export function wrapped(text: string, width: number, font: Font, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(/(?<= )/)) {
      if (measure((line + word).trimEnd(), font) <= width) {
        line += word;
        continue;
      }
      if (line !== '') lines.push(line.trimEnd());
      line = '';
      for (const letter of word) {
        if (line !== '' && measure(line + letter, font) > width) {
          lines.push(line);
          line = '';
          if (letter === ' ') continue;
        }
        line += letter;
      }
    }
    return [...lines, line.trimEnd()];
  });
}

/** The rectangle that words take up. */
export function wordsBounds({ text, font, x, y, align, upright }: WordsMark, measure: Measure): Bounds {
  const length = measure(text, font);
  const before = align === 'start' ? 0 : align === 'end' ? length : length / 2;
  const half = font.size * 0.6;
  return upright
    ? { left: x - half, right: x + half, bottom: y + before, top: y + before - length }
    : { left: x - before, right: x - before + length, top: y - half, bottom: y + half };
}
