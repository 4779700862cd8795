import type { Shape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';
import { sampleFromRgba } from './sample-pixels';

/** Decodes a picture in the page. @throws an Error that says so where it is none */
export async function bitmapOf(file: File): Promise<ImageBitmap> {
  return createImageBitmap(file).catch(() => {
    throw new Error(`${file.name} could not be read as a picture. Try a PNG or JPEG file.`);
  });
}

/**
 * A part of a picture as RGBA bytes, row after row, drawn at another size; the picture itself is let go.
 *
 * @param part in its middle, in its own pixels
 */
export function middleOf(
  bitmap: ImageBitmap,
  part: { readonly width: number; readonly height: number },
  { width, height }: { readonly width: number; readonly height: number },
): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(t('data.noCanvas'));
  context.imageSmoothingQuality = 'high';
  const [left, top] = [(bitmap.width - part.width) / 2, (bitmap.height - part.height) / 2];
  context.drawImage(bitmap, left, top, part.width, part.height, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height).data;
}

/** A picture's file as a sample: the largest part in its middle of the sample's proportions, drawn at the sample's size. */
export async function ownPixels(file: File, shape: Shape): Promise<Uint8Array> {
  const [height = 1, width = 1] = shape;
  const bitmap = await bitmapOf(file);
  const scale = Math.min(bitmap.width / width, bitmap.height / height);
  const part = { width: width * scale, height: height * scale };
  return sampleFromRgba(middleOf(bitmap, part, { width, height }), shape);
}
