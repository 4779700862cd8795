import sharp from 'sharp';
import { problem } from '../../../shared/errors/catalogue';
import type { Problem } from '../../../shared/errors/problem';
import type { Shape } from '../../../shared/tensors/shape';
import { isGzip, readStart } from '../array-file';

// Only loaders of plain pixel formats: a file named .png that holds SVG, PDF or the like is then simply unreadable.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadPng',
    'VipsForeignLoadJpeg',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadHeif',
  ],
});
// Every file is read once: a cache would only hold memory. One thread a picture; pictures run side by side.
sharp.cache(false);
sharp.concurrency(1);

/** What the header of a picture file says. */
export interface PictureHeader {
  /** As seen, after the turn that EXIF asks for. */
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  readonly transparent: boolean;
  readonly turned: boolean;
}

/** @returns the header, or what is wrong with the file */
export async function readPictureHeader(
  path: string,
  name: string,
  pixelLimit: number,
): Promise<PictureHeader | Problem> {
  try {
    const { width, height, autoOrient, orientation, space, hasAlpha } = await sharp(path, {
      limitInputPixels: false,
    }).metadata();
    if (width * height > pixelLimit) {
      return problem('PICTURE_TOO_LARGE', { file: name, width, height, limit: pixelLimit });
    }
    return {
      width: autoOrient.width,
      height: autoOrient.height,
      grey: space === 'b-w' || space === 'grey16',
      transparent: hasAlpha,
      turned: orientation !== undefined && orientation > 1,
    };
  } catch (error) {
    return broken(error, path, name);
  }
}

/**
 * The picture as uint8 of `shape`: turned as EXIF asks, alpha laid on white, and, where its size differs, scaled to
 * cover `shape` and cropped at the centre.
 *
 * @returns the pixels, or what is wrong with the file
 */
export async function readPicture(
  path: string,
  name: string,
  [height = 1, width = 1, channels = 1]: Shape,
  pixelLimit: number,
): Promise<Uint8Array | Problem> {
  try {
    const pixels = await sharp(path, { limitInputPixels: pixelLimit, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .flatten({ background: 'white' })
      .resize({ width, height, fit: 'cover', position: 'centre' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
    if (pixels.length === height * width * channels) return pixels;
    return problem('BROKEN_PICTURE', {
      file: name,
      reason: `it unpacks to ${pixels.length} bytes, not ${height * width * channels}`,
    });
  } catch (error) {
    return broken(error, path, name);
  }
}

async function broken(error: unknown, path: string, file: string): Promise<Problem> {
  const said = error instanceof Error ? error.message : String(error);
  const start = await readStart(path, 2).catch(() => null);
  let reason = said.split('\n')[0]?.replaceAll(path, 'it') ?? said;
  if (start === null) reason = 'it can’t be read';
  else if (start.length === 0) reason = 'it is empty';
  else if (isGzip(start)) reason = 'it is a gzip file';
  return problem('BROKEN_PICTURE', { file, reason });
}
