import { mkdir, stat, symlink, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../shared/errors/problem';
import { problemOf, temporaryFolder, write } from '../test-files';
import { openPictures } from './open-pictures';

const folder = await temporaryFolder();

/** Writes a picture of one colour; the ending of the name gives the form. */
async function paint(
  name: string,
  width: number,
  height: number,
  background: string | { r: number; g: number; b: number; alpha: number } = 'red',
) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  const channels = typeof background === 'string' ? 3 : 4;
  await sharp({ create: { width, height, channels, background } }).toFile(path);
  return path;
}

async function paintGrey(name: string, width: number, height: number, level: number) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await sharp(Buffer.alloc(width * height, level), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .toFile(path);
  return path;
}

/** A JPEG of noise of which only the first part is left. */
async function cutJpeg(name: string, share: number) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red', noise } }).toFile(path);
  await truncate(path, Math.floor((await stat(path)).size * share));
}

/** The header of a PNG that declares a size, and no pixels to speak of. */
function pngHeader(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const open = (name: string, skipBroken = false, control = {}) =>
  openPictures(join(folder, name), skipBroken, control);

describe('openPictures', () => {
  it('takes classes from folders, and both sets from train and test', async () => {
    await paint('sets/train/blue/1.png', 4, 3, 'blue');
    await paint('sets/train/red/1.png', 4, 3, 'red');
    await paint('sets/train/red/2.png', 4, 3, 'red');
    await paint('sets/test/blue/9.png', 4, 3, 'blue');
    await paint('sets/elsewhere/8.png', 4, 3, 'green');
    const { train, test, labelNames, notes, range } = await open('sets');
    expect(train).toMatchObject({ dtype: 'uint8', count: 3, shape: [3, 4, 3] });
    expect(labelNames).toEqual(['blue', 'red']);
    expect(train.labels).toEqual(Int32Array.of(0, 1, 1));
    expect([...train.values.subarray(0, 3)]).toEqual([0, 0, 255]);
    expect([...train.values.subarray(36, 39)]).toEqual([255, 0, 0]);
    expect(test).toMatchObject({ count: 1, labels: Int32Array.of(0) });
    expect(range).toEqual([0, 1]);
    expect(notes).toEqual(['1 pictures lie neither in “train” nor in “test” and were left out.']);
  });

  it('gives no labels where pictures lie in the folder itself', async () => {
    await paint('flat/b.png', 2, 2);
    await paint('flat/a.webp', 2, 2);
    const { train, test, labelNames, notes } = await open('flat');
    expect(train).toMatchObject({ count: 2, labels: null });
    expect([test, labelNames, notes]).toEqual([null, null, []]);
  });

  it('stays grey where all are grey, else gives grey ones three channels', async () => {
    await paintGrey('grey/1.png', 2, 2, 77);
    await paintGrey('grey/2.jpg', 2, 2, 200);
    const grey = await open('grey');
    expect(grey.train.shape).toEqual([2, 2, 1]);
    expect([...grey.train.values]).toEqual([77, 77, 77, 77, 200, 200, 200, 200]);
    await paint('grey/3.png', 2, 2, 'red');
    const mixed = await open('grey');
    expect(mixed.train.shape).toEqual([2, 2, 3]);
    expect([...mixed.train.values.subarray(0, 3)]).toEqual([77, 77, 77]);
    expect(mixed.notes.join()).toContain('2 grey pictures');
  });

  it('unifies sizes: the most common one; others cover it, cropped at the centre, never stretched', async () => {
    await paint('sizes/1.png', 4, 4, 'red');
    await paint('sizes/2.png', 4, 4, 'red');
    // Blue with a broad green middle, three times as wide as high: only the middle may be left.
    const wide = sharp({ create: { width: 24, height: 8, channels: 3, background: 'blue' } });
    const middle = await sharp({ create: { width: 12, height: 8, channels: 3, background: '#00ff00' } })
      .png()
      .toBuffer();
    await wide
      .composite([{ input: middle, left: 6, top: 0 }])
      .removeAlpha()
      .toFile(join(folder, 'sizes/3.png'));
    const { train, notes } = await open('sizes');
    expect(train.shape).toEqual([4, 4, 3]);
    const third = [...train.values.subarray(96)];
    for (let place = 0; place < third.length; place += 3) {
      expect(third[place + 1]).toBeGreaterThan(240);
      expect(third[place + 2]).toBeLessThan(16);
    }
    expect(notes).toEqual([
      '1 of 3 pictures are not of the most common size, 4×4: they were scaled to cover it and cropped at the centre.',
    ]);
  });

  it('takes the smaller of two equally common sizes', async () => {
    await paint('tie/1.png', 6, 6);
    await paint('tie/2.png', 3, 5);
    expect((await open('tie')).train.shape).toEqual([5, 3, 3]);
  });

  it('lays alpha on white and turns as EXIF asks, and says so', async () => {
    await paint('marks/clear.png', 2, 3, { r: 255, g: 0, b: 0, alpha: 0 });
    const lying = sharp({ create: { width: 3, height: 2, channels: 3, background: 'red' } });
    await lying.withMetadata({ orientation: 6 }).toFile(join(folder, 'marks/turned.png'));
    const { train, notes } = await open('marks');
    expect(train.shape).toEqual([3, 2, 3]);
    expect([...train.values.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(notes.join(' ')).toMatch(/1 pictures with transparency.*1 pictures were turned/);
  });

  it('follows each real file once, and no link out of the folder', async () => {
    await paint('outside/secret.png', 2, 2);
    await paint('links/a/1.png', 2, 2);
    await paint('links/b/2.png', 2, 2);
    await symlink(join(folder, 'links/b'), join(folder, 'links/a/loop'));
    await symlink(join(folder, 'links/a'), join(folder, 'links/b/loop'));
    await symlink(join(folder, 'links/a/1.png'), join(folder, 'links/b/again.png'));
    await symlink(join(folder, 'outside'), join(folder, 'links/out'));
    await symlink('/', join(folder, 'links/root'));
    await symlink(join(folder, 'nowhere'), join(folder, 'links/gone.png'));
    const { train, notes } = await open('links');
    expect(train.count).toBe(2);
    expect(notes.join()).toContain('2 links lead out of the folder');
  });

  it('ignores hidden files and files that are no pictures', async () => {
    await paint('mixed/1.png', 2, 2);
    await write(join(folder, 'mixed'), '._1.png', 'resource fork');
    await write(join(folder, 'mixed'), 'notes.txt', 'text');
    expect((await open('mixed')).train.count).toBe(1);
  });

  it('skips broken pictures on request, names them, and keeps labels in step', async () => {
    await paint('skip/a/1.png', 2, 2, 'red');
    await write(join(folder, 'skip/a'), '2.png', 'not a picture');
    await cutJpeg('skip/a/3.jpg', 0.5);
    await paint('skip/b/4.png', 2, 2, 'blue');
    await paint('skip/b/5.png', 2, 2, 'blue');
    const { train, notes } = await open('skip', true);
    expect(train.count).toBe(3);
    expect(train.labels).toEqual(Int32Array.of(0, 1, 1));
    expect([...train.values.subarray(12, 15)]).toEqual([0, 0, 255]);
    expect(train.values.length).toBe(36);
    expect(notes.join()).toMatch(/2 broken pictures were skipped\..*a\/2\.png.*a\/3\.jpg/s);
  });

  it('reports progress up to the end, and stops when called off', async () => {
    const seen: string[] = [];
    await open('sets', false, {
      onProgress: ({ stage, done, total }: { stage: string; done: number; total: number }) => {
        if (done === total) seen.push(stage);
      },
    });
    expect(seen).toEqual(['Looking at pictures', 'Reading pictures']);
    const abort = new AbortController();
    const work = open('sets', false, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('openPictures refuses', () => {
  it('a missing and an empty folder', async () => {
    expect((await problemOf(open('nowhere'))).code).toBe('DATA_PATH_MISSING');
    await mkdir(join(folder, 'empty'));
    expect((await problemOf(open('empty'))).code).toBe('PICTURES_NONE');
  });

  it('a broken picture, naming it', async () => {
    await paint('broken/1.png', 2, 2);
    await write(join(folder, 'broken'), '2.png', 'not a picture');
    await write(join(folder, 'broken'), '3.png', '');
    const found = await problemOf(open('broken'));
    expect(found).toMatchObject({ code: 'BROKEN_PICTURE', count: 2 });
    expect(found.message).toContain('2.png');
  });

  it('a picture cut off anywhere', async () => {
    for (const share of [0.02, 0.3, 0.6, 0.95]) {
      await cutJpeg(`cut-${share}/1.jpg`, share);
      const found = await problemOf(open(`cut-${share}`));
      expect(found.code).toBe('BROKEN_PICTURE');
      expect(found.message).toContain('1.jpg');
    }
  });

  it('a folder of nothing but broken pictures, skipped or not', async () => {
    await mkdir(join(folder, 'ruins'));
    await write(join(folder, 'ruins'), '1.png', 'not a picture');
    expect((await problemOf(open('ruins', true))).code).toBe('BROKEN_PICTURE');
  });

  it('SVG under another name', async () => {
    await mkdir(join(folder, 'vector'));
    await write(
      join(folder, 'vector'),
      '1.png',
      '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>',
    );
    expect((await problemOf(open('vector'))).code).toBe('BROKEN_PICTURE');
  });

  it('a huge picture by its header, without unpacking it', async () => {
    await mkdir(join(folder, 'huge'));
    await write(join(folder, 'huge'), '1.png', pngHeader(50_000, 50_000));
    const before = process.memoryUsage().rss;
    const found = await problemOf(open('huge'));
    expect(found.code).toBe('PICTURE_TOO_LARGE');
    expect(found.message).toContain('50000×50000');
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 2 ** 20);
  });

  it('more samples than fit, before reading them, and more files than allowed', async () => {
    expect((await problemOf(open('sets', false, { limits: { bytes: 100 } }))).code).toBe('DATA_TOO_LARGE');
    expect((await problemOf(open('sets', false, { limits: { files: 3 } }))).code).toBe('DATA_TOO_LARGE');
  });
});
