import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { reconstructionPicture } from './reconstruction-picture';

async function pixelReader(png: Buffer) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return {
    ...info,
    at: (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)],
  };
}

describe('reconstructionPicture', () => {
  it('puts what the model was given between the two, in its own channels', async () => {
    const block = (channels: number, level: number) => ({
      count: 1,
      shape: [96, 96, channels],
      pixels: new Uint8Array(96 * 96 * channels).fill(level),
    });
    const picture = await pixelReader(
      await reconstructionPicture([block(3, 200), block(1, 100), block(3, 50)]),
    );
    const levels = [0, 1, 2].map((row) => picture.at(4 + 40, 4 + row * 100 + 40));
    expect(levels).toEqual([200, 100, 50].map((level) => [level, level, level]));
  });

  it('puts each original above its reconstruction, in bands of eight, enlarged by a whole factor', async () => {
    const count = 16;
    const shape = [28, 28, 1];
    const originals = new Uint8Array(count * 784);
    const reconstructions = new Uint8Array(count * 784);
    for (let i = 0; i < count; i++) {
      originals.fill(i * 10, i * 784, (i + 1) * 784);
      reconstructions.fill(i * 10 + 5, i * 784, (i + 1) * 784);
    }
    const picture = await pixelReader(
      await reconstructionPicture([
        { count, shape, pixels: originals },
        { count, shape, pixels: reconstructions },
      ]),
    );
    const tile = 28 * 4;
    expect(picture.width).toBe(8 * (tile + 4) + 4);
    const middle = (column: number, row: number, band: number) =>
      picture.at(
        4 + column * (tile + 4) + tile / 2,
        4 + band * (2 * tile + 24) + row * (tile + 4) + tile / 2,
      );
    for (let i = 0; i < count; i++) {
      const value = i * 10;
      expect(middle(i % 8, 0, Math.floor(i / 8))).toEqual([value, value, value]);
      expect(middle(i % 8, 1, Math.floor(i / 8))).toEqual([value + 5, value + 5, value + 5]);
    }
  });

  it('keeps the colours of RGB samples', async () => {
    const pixels = Uint8Array.of(200, 10, 30, 0, 0, 0, 0, 0, 0, 1, 2, 3);
    const samples = { count: 1, shape: [2, 2, 3], pixels };
    const picture = await pixelReader(await reconstructionPicture([samples, samples]));
    expect(picture.at(4, 4)).toEqual([200, 10, 30]);
    expect(picture.at(4 + 95, 4 + 95)).toEqual([1, 2, 3]);
  });

  it('draws vectors as curves, large values at the top', async () => {
    const pixels = Uint8Array.from({ length: 100 }, (_, i) => (i < 50 ? 255 : 0));
    const samples = { count: 1, shape: [100], pixels };
    const picture = await pixelReader(await reconstructionPicture([samples, samples]));
    const curve = picture.at(4 + 10, 4);
    expect(picture.at(4 + 180, 4 + 95)).toEqual(curve);
    expect(picture.at(4 + 180, 4)).not.toEqual(curve);
  });
});
