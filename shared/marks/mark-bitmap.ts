import { GLYPH_HEIGHT, GLYPH_WIDTH, isSet } from './bitmap-font';

/** How much of each pixel a mark covers, 0–1, row after row. */
export interface Bitmap {
  readonly height: number;
  readonly width: number;
  readonly values: readonly number[];
}

const HOURGLASS = [
  '###########',
  ' #       # ',
  ' ######### ',
  '  #######  ',
  '   #####   ',
  '    ###    ',
  '     #     ',
  '    # #    ',
  '   #   #   ',
  '  #  #  #  ',
  ' #  ###  # ',
  ' # ##### # ',
  '###########',
];

/** A line of text, a column between two letters. */
export function textMark(text: string): Bitmap {
  const letters = [...text];
  const pitch = GLYPH_WIDTH + 1;
  return drawn(GLYPH_HEIGHT, Math.max(letters.length * pitch - 1, 1), (row, column) => {
    const inLetter = column % pitch;
    return inLetter < GLYPH_WIDTH && isSet(letters[Math.floor(column / pitch)] ?? ' ', row, inLetter);
  });
}

/** The app's own sign, as a picture to mark with. */
export function hourglassMark(): Bitmap {
  return drawn(
    HOURGLASS.length,
    HOURGLASS[0]?.length ?? 0,
    (row, column) => HOURGLASS[row]?.[column] === '#',
  );
}

/** A mark at another height in pixels, its width in proportion: each pixel tells how much of it is covered. */
export function scaledMark(mark: Bitmap, height: number): Bitmap {
  const scale = height / mark.height;
  const width = Math.max(1, Math.round(mark.width * scale));
  const values = Array.from({ length: height * width }, (_, i) => {
    const rows = spanOf(Math.floor(i / width), mark.height / height, mark.height);
    const columns = spanOf(i % width, mark.width / width, mark.width);
    let sum = 0;
    for (const row of rows) {
      for (const column of columns) {
        sum += (mark.values[row.at * mark.width + column.at] ?? 0) * row.share * column.share;
      }
    }
    return sum;
  });
  return { height, width, values };
}

/** The pixels of an axis that a new pixel lies on, and how much of it lies on each. */
function spanOf(index: number, step: number, length: number): { at: number; share: number }[] {
  const [from, to] = [index * step, Math.min((index + 1) * step, length)];
  const span: { at: number; share: number }[] = [];
  for (let at = Math.floor(from); at < to; at++) {
    const share = (Math.min(at + 1, to) - Math.max(at, from)) / (to - from);
    if (share > 0) span.push({ at, share });
  }
  return span;
}

function drawn(height: number, width: number, isCovered: (row: number, column: number) => boolean): Bitmap {
  const values = Array.from({ length: height * width }, (_, i) =>
    isCovered(Math.floor(i / width), i % width) ? 1 : 0,
  );
  return { height, width, values };
}
