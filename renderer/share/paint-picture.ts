import { Cancelled } from '../../shared/errors/problem';
import { t } from '../strings/strings';
import type { Font, Ink, Mark, Measure, WordsMark } from './marks';
import { wordsBounds } from './marks';
import type { PictureLook } from './picture-colours';
import type { Picture } from './picture-of';

/** Pixels for each of the canvas at 1×, where there is room. */
const SHARP = 2;
/** What Chromium still makes a canvas of, along one side and in all. */
const LONGEST = 32_000;
const MOST_PIXELS = 48_000_000;
/** Milliseconds that are painted at a time; the window goes on in between. */
const TURN_MS = 12;

/** How many pixels a picture gets for each of the canvas at 1×. */
export function scaleOf({ width, height }: Pick<Picture, 'width' | 'height'>): number {
  return Math.min(SHARP, LONGEST / width, LONGEST / height, Math.sqrt(MOST_PIXELS / (width * height)));
}

/** Measures words as the canvas will write them. */
export function canvasMeasure(look: PictureLook): Measure {
  const context = contextOf(1, 1);
  return (text, font) => {
    context.font = cssFont(font, look);
    return context.measureText(text).width;
  };
}

interface PaintControl {
  readonly signal: AbortSignal;
  /** Told how far it is, 0 … 1. */
  onProgress(share: number): void;
}

/**
 * Paints a picture, a little at a time, and gives it as PNG.
 *
 * @throws Cancelled where the signal says so
 * @throws Error where there is no memory for it
 */
export async function paintPicture(
  picture: Picture,
  look: PictureLook,
  { signal, onProgress }: PaintControl,
): Promise<Uint8Array> {
  const scale = scaleOf(picture);
  const context = contextOf(Math.round(picture.width * scale), Math.round(picture.height * scale));
  const { canvas } = context;
  context.scale(scale, scale);
  context.fillStyle = colourOf('ground', look);
  context.fillRect(0, 0, picture.width, picture.height);
  let since = performance.now();
  for (const [at, mark] of picture.marks.entries()) {
    paint(context, mark, look);
    if (performance.now() - since < TURN_MS && at % 64 !== 63) continue;
    // What was asked for is done only when a pixel is asked for: else all of it would be at the end, in one go.
    context.getImageData(0, 0, 1, 1);
    onProgress((at + 1) / picture.marks.length);
    await new Promise((resolve) => window.setTimeout(resolve));
    if (signal.aborted) throw new Cancelled();
    since = performance.now();
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (signal.aborted) throw new Cancelled();
  if (!blob) throw new Error(t('share.noRoom'));
  return new Uint8Array(await blob.arrayBuffer());
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Read back soon, so kept where that costs nothing.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(t('share.noRoom'));
  return context;
}

function paint(context: CanvasRenderingContext2D, mark: Mark, look: PictureLook): void {
  if (mark.kind === 'words') {
    write(context, mark, look);
    return;
  }
  const { fill, stroke } = mark;
  const path = new Path2D(mark.path);
  context.save();
  context.translate(mark.x, mark.y);
  if (fill) {
    context.globalAlpha = fill.opacity ?? 1;
    context.fillStyle = colourOf(fill.ink, look);
    context.fill(path);
  }
  if (stroke) {
    context.globalAlpha = stroke.opacity ?? 1;
    context.strokeStyle = colourOf(stroke.ink, look);
    context.lineWidth = stroke.width;
    context.setLineDash([...(stroke.dash ?? [])]);
    if (stroke.round) {
      context.lineCap = 'round';
      context.lineJoin = 'round';
    }
    context.stroke(path);
  }
  context.restore();
}

const ALIGN = { start: 'left', centre: 'center', end: 'right' } as const;

function write(context: CanvasRenderingContext2D, mark: WordsMark, look: PictureLook): void {
  const { text, font, ink, x, y, align, upright, ground } = mark;
  context.font = cssFont(font, look);
  if (ground) {
    const { left, top, right, bottom } = wordsBounds(mark, (words) => context.measureText(words).width);
    context.globalAlpha = 0.88;
    context.fillStyle = colourOf(ground, look);
    context.fillRect(left - 3, top, right - left + 6, bottom - top);
    context.globalAlpha = 1;
  }
  context.save();
  context.translate(x, y);
  if (upright) context.rotate(-Math.PI / 2);
  context.textAlign = ALIGN[align];
  context.textBaseline = 'middle';
  context.fillStyle = colourOf(ink, look);
  context.fillText(text, 0, 0);
  context.restore();
}

function cssFont({ size, bold, mono, italic }: Font, look: PictureLook): string {
  return `${italic ? 'italic ' : ''}${bold ? '600 ' : ''}${size}px ${mono ? look.mono : look.font}`;
}

function colourOf(ink: Ink, { colours }: PictureLook): string {
  return colours.get(ink) ?? '';
}
