import { z } from 'zod';
import type { Bitmap } from './mark-bitmap';

/** Pixels along the longer side of a picture in a drawing. */
export const MAX_SIDE = 64;
/** Of what a digit tells. */
const LEVELS = 15;
const SHAPE = new RegExp(`^(?:[0-9a-f]{1,${MAX_SIDE}}(?:/[0-9a-f]{1,${MAX_SIDE}}){0,${MAX_SIDE - 1}})?$`);

/** A picture as text: a hexadecimal digit a pixel, 0 for nothing and f for all, rows of one length divided by strokes. */
export const pictureText = z
  .string()
  .regex(SHAPE)
  .refine((text) => new Set(text.split('/').map((row) => row.length)).size === 1, 'rows of one length');

/** @param values 0–1, row after row */
export function textOfPicture({ width, values }: Bitmap): string {
  const digits = values.map((value) => Math.round(LEVELS * value).toString(16)).join('');
  return digits.match(new RegExp(`.{${width}}`, 'g'))?.join('/') ?? '';
}

/** The picture of a text that `pictureText` accepts; of an empty one, a single pixel of nothing. */
export function pictureOfText(text: string): Bitmap {
  const rows = (text || '0').split('/');
  const values = rows.flatMap((row) => [...row].map((digit) => Number.parseInt(digit, 16) / LEVELS));
  return { height: rows.length, width: rows[0]?.length ?? 1, values };
}
