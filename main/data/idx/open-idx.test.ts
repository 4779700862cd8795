import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import { idxBytes, problemOf, temporaryFolder, write } from '../test-files';
import { openIdx } from './open-idx';

const folder = await temporaryFolder();
const pictures = idxBytes([3, 2, 4]);

async function subfolder(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const [file, bytes] of Object.entries(files)) await write(path, file, bytes);
  return path;
}

describe('openIdx', () => {
  it('reads a file of pictures in its own type', async () => {
    const { train, test, range } = await openIdx(await write(folder, 'plain', pictures), {});
    expect(train).toMatchObject({ dtype: 'uint8', count: 3, shape: [2, 4, 1], labels: null });
    expect([...train.values]).toEqual(Array.from({ length: 24 }, (_, index) => index));
    expect(test).toBeNull();
    expect(range).toEqual([0, 23 / 255]);
  });

  it('tells gzip by content, not by name', async () => {
    const misnamed = await openIdx(await write(folder, 'packed.idx', gzipSync(pictures)), {});
    const plain = await openIdx(await write(folder, 'plain.gz', pictures), {});
    expect(misnamed.train.values).toEqual(plain.train.values);
  });

  it.each([
    [[5, 7], [7]],
    [
      [2, 3, 4, 3],
      [3, 4, 3],
    ],
  ])('reads %j as samples of %j', async (dimensions, shape) => {
    const { train } = await openIdx(
      await write(folder, `rank-${dimensions.length}`, idxBytes(dimensions)),
      {},
    );
    expect(train.shape).toEqual(shape);
  });

  it.each([
    ['-', '.gz'],
    ['.', ''],
  ])('finds both sets and their labels in a folder (train-images%sidx3-ubyte%s)', async (joint, ending) => {
    const pack = (bytes: Buffer) => (ending === '' ? bytes : gzipSync(bytes));
    const place = await subfolder(`mnist${joint}`, {
      [`train-images${joint}idx3-ubyte${ending}`]: pack(pictures),
      [`train-labels${joint}idx1-ubyte${ending}`]: pack(idxBytes([3], [7, 8, 9])),
      [`t10k-images${joint}idx3-ubyte${ending}`]: pack(idxBytes([2, 2, 4])),
      [`t10k-labels${joint}idx1-ubyte${ending}`]: pack(idxBytes([2], [1, 0])),
    });
    const { train, test } = await openIdx(place, {});
    expect(train.count).toBe(3);
    expect(train.labels).toEqual(Int32Array.of(7, 8, 9));
    expect(test?.count).toBe(2);
    expect(test?.labels).toEqual(Int32Array.of(1, 0));
  });

  it('picks up the labels beside a single file', async () => {
    const place = await subfolder('single', {
      't10k-images-idx3-ubyte': pictures,
      't10k-labels-idx1-ubyte.gz': gzipSync(idxBytes([3], [4, 5, 6])),
    });
    const { train } = await openIdx(join(place, 't10k-images-idx3-ubyte'), {});
    expect(train.labels).toEqual(Int32Array.of(4, 5, 6));
  });

  it('has another fingerprint for other content and the same for a copy elsewhere', async () => {
    const one = await subfolder('one', { pictures });
    const copy = await subfolder('copy', { pictures });
    const changed = await subfolder('changed', { pictures: idxBytes([3, 2, 4], new Array(24).fill(3)) });
    const [a, b, c] = await Promise.all(
      [one, copy, changed].map((place) => openIdx(join(place, 'pictures'), {})),
    );
    expect(b?.fingerprint).toBe(a?.fingerprint);
    expect(c?.fingerprint).not.toBe(a?.fingerprint);
  });

  it('reports progress up to the end, and stops when called off', async () => {
    const path = await write(folder, 'long', idxBytes([24, 256, 256]));
    const seen: number[] = [];
    await openIdx(path, { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    const abort = new AbortController();
    const work = openIdx(path, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('openIdx refuses', () => {
  const refused = async (name: string, bytes: Uint8Array, limits = {}) =>
    problemOf(openIdx(await write(folder, name, bytes), { limits }));

  it('a missing path', async () => {
    expect((await problemOf(openIdx(join(folder, 'nowhere'), {}))).code).toBe('DATA_PATH_MISSING');
  });

  it('a wrong magic number, saying what came', async () => {
    const found = await refused('png', Buffer.from('89504e470d0a1a0a', 'hex'));
    expect(found.code).toBe('IDX_WRONG_MAGIC');
    expect(found.message).toContain('89 50 4e 47');
  });

  it('an IDX file of floats', async () => {
    const found = await refused('floats', idxBytes([2, 3], undefined, 0x0d));
    expect(found).toMatchObject({ code: 'IDX_TYPE' });
    expect(found.message).toContain('0x0D (4-byte floats)');
  });

  it('a truncated file, with both sizes', async () => {
    const found = await refused('cut', pictures.subarray(0, 30));
    expect(found.code).toBe('FILE_TRUNCATED');
    expect(found.message).toMatch(/cut declares 40 bytes in IDX form, but 30 are there/);
  });

  it('truncated gzip, with the file and the offset', async () => {
    const packed = gzipSync(idxBytes([50, 28, 28]));
    const found = await refused('cut.gz', packed.subarray(0, 150));
    expect(found.code).toBe('GZIP_TRUNCATED');
    expect(found.message).toMatch(/cut\.gz breaks off at byte 150, after \d+ unpacked bytes/);
  });

  it('damaged gzip', async () => {
    const packed = gzipSync(idxBytes([50, 28, 28]));
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
    expect((await refused('damaged.gz', packed)).code).toBe('GZIP_DAMAGED');
  });

  it('gzip whose unpacked data is short', async () => {
    expect((await refused('short.gz', gzipSync(pictures.subarray(0, 39)))).code).toBe('FILE_TRUNCATED');
  });

  it('surplus bytes', async () => {
    expect((await refused('surplus', Buffer.concat([pictures, Buffer.of(1)]))).code).toBe('FILE_SURPLUS');
  });

  it('bytes behind the end of the gzip data', async () => {
    for (const junk of [Buffer.from('junk'), Buffer.alloc(4)]) {
      const found = await refused('junk.gz', Buffer.concat([gzipSync(pictures), junk]));
      expect(found.code).toBe('GZIP_DAMAGED');
    }
  });

  it('a gzip bomb, while unpacking', async () => {
    const bomb = gzipSync(Buffer.concat([idxBytes([1, 2, 2]), Buffer.alloc(100 * 2 ** 20)]), { level: 1 });
    const before = process.memoryUsage().rss;
    let most = 0;
    const work = openIdx(await write(folder, 'bomb', bomb), { onProgress: ({ done }) => (most = done) });
    expect((await problemOf(work)).code).toBe('FILE_SURPLUS');
    expect(most).toBeLessThanOrEqual(4);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  });

  it('a gzip bomb that declares what it holds, before memory is taken', async () => {
    const bomb = gzipSync(Buffer.concat([idxBytes([100, 1024, 1024], []), Buffer.alloc(100 * 2 ** 20)]));
    const work = openIdx(await write(folder, 'honest-bomb', bomb), {});
    expect((await problemOf(work)).code).toBe('GZIP_TOO_DENSE');
    const few = gzipSync(Buffer.concat([idxBytes([60, 1024, 1024], []), Buffer.alloc(60 * 2 ** 20)]));
    expect((await openIdx(await write(folder, 'few', few), {})).train.count).toBe(60);
  });

  it('a declared size over the limit, before memory is taken', async () => {
    const found = await refused('vast', idxBytes([0xffff_ffff, 0xffff, 3], []));
    expect(found.code).toBe('DATA_TOO_LARGE');
    expect((await refused('over', pictures, { bytes: 23 })).code).toBe('DATA_TOO_LARGE');
  });

  it('a large declared size in a tiny file, without taking the memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const small = idxBytes([1000, 1000, 900], []);
    for (const bytes of [small, gzipSync(small)]) {
      const found = await refused('boast', bytes, { bytes: 2 ** 40 });
      expect(found.code).toBe('FILE_TRUNCATED');
      expect(found.message).toContain('16 are there');
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
  });

  it('0 rows', async () => {
    expect((await refused('none', idxBytes([0, 28, 28]))).code).toBe('DATA_NO_ROWS');
    expect((await refused('flat', idxBytes([3, 0, 28]))).code).toBe('DATA_NO_ROWS');
  });

  it('an empty file', async () => {
    expect((await refused('empty', Buffer.alloc(0))).code).toBe('FILE_TRUNCATED_HEADER');
  });

  it('labels in place of samples', async () => {
    expect((await refused('labels', idxBytes([9]))).code).toBe('IDX_LABELS_ONLY');
  });

  it('a label count unlike the picture count', async () => {
    const place = await subfolder('unlike', {
      'train-images-idx3-ubyte': pictures,
      'train-labels-idx1-ubyte': idxBytes([2], [1, 2]),
    });
    const found = await problemOf(openIdx(place, {}));
    expect(found.code).toBe('IDX_LABEL_COUNT');
    expect(found.message).toMatch(/each of the 3 samples .* holds 2\./);
  });

  it('test samples of another shape', async () => {
    const place = await subfolder('shapes', {
      'train-images-idx3-ubyte': pictures,
      't10k-images-idx3-ubyte': idxBytes([2, 4, 2]),
    });
    expect((await problemOf(openIdx(place, {}))).code).toBe('DATA_TEST_SHAPE');
  });

  it('every truncation of the header and of gzip at random points', async () => {
    const packed = gzipSync(idxBytes([20, 16, 16]));
    const cuts = [
      ...Array.from({ length: 17 }, (_, length) => pictures.subarray(0, length)),
      ...fc
        .sample(fc.integer({ min: 0, max: packed.length - 1 }), { numRuns: 60, seed: 1 })
        .map((length) => packed.subarray(0, length)),
    ];
    for (const [index, bytes] of cuts.entries()) {
      const path = await write(folder, `cut-${index}`, bytes);
      await expect(openIdx(path, {}), `${bytes.length} bytes`).rejects.toBeInstanceOf(ProblemError);
    }
  });

  it('or reads, but never crashes on, arbitrary and altered bytes', async () => {
    const altered = fc
      .array(fc.tuple(fc.nat(pictures.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const bytes = Buffer.from(pictures);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 60 }), altered), async (bytes) => {
        const path = await write(folder, 'fuzz', bytes);
        try {
          const { train } = await openIdx(path, {});
          expect(train.values.length).toBe((await stat(path)).size - 4 - 4 * (bytes[3] ?? 0));
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 150 },
    );
  });
});
