import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openDataset, referenceFor } from './open-dataset';
import { idxBytes, npyBytes, problemOf, temporaryFolder, write } from './test-files';

const folder = await temporaryFolder();
const idx = idxBytes([3, 2, 4]);

describe('referenceFor', () => {
  it.each([
    ['plain.bin', idx, 'idx', [2, 4, 1]],
    ['packed.bin', gzipSync(idx), 'idx', [2, 4, 1]],
    ['array.bin', npyBytes('|u1', '(2, 3)', Buffer.alloc(6)), 'npy', [3]],
    ['table.csv', 'x,y\n1,2\n3,4\n', 'table', [2]],
    ['packed.csv.gz', gzipSync('1 2\n3 4\n'), 'table', [2]],
    ['packed.npy.gz', gzipSync(npyBytes('|u1', '(2, 3)', Buffer.alloc(6))), 'npy', [3]],
  ])('tells what %s is by its content, and opens it again', async (name, bytes, kind, shape) => {
    const path = await write(folder, name, bytes);
    const reference = await referenceFor(path);
    expect(reference).toMatchObject({ kind, path, shape });
    const { train, fingerprint } = await openDataset(reference, null);
    expect(train.shape).toEqual(shape);
    expect(fingerprint).toBe(reference.fingerprint);
  });

  it('knows a folder of IDX files and a folder of pictures', async () => {
    await mkdir(join(folder, 'idx'));
    await write(join(folder, 'idx'), 'train-images-idx3-ubyte.gz', gzipSync(idx));
    expect(await referenceFor(join(folder, 'idx'))).toMatchObject({ kind: 'idx', shape: [2, 4, 1] });
    await mkdir(join(folder, 'pictures/cats'), { recursive: true });
    await sharp({ create: { width: 3, height: 2, channels: 3, background: 'red' } }).toFile(
      join(folder, 'pictures/cats/1.png'),
    );
    const reference = await referenceFor(join(folder, 'pictures'));
    expect(reference).toMatchObject({ kind: 'pictures', shape: [2, 3, 3] });
    expect((await openDataset(reference, null)).fingerprint).toBe(reference.fingerprint);
  });

  it('gives an absolute path for a relative one; openDataset starts relative ones at the base folder', async () => {
    const path = await write(folder, 'here.idx', idx);
    expect(await referenceFor(relative(process.cwd(), path))).toMatchObject({ path });
    const { train } = await openDataset({ kind: 'idx', path: './here.idx', shape: [2, 4, 1] }, folder);
    expect(train.count).toBe(3);
  });

  it.each([
    ['a text without numbers', 'text.md', 'begins 23 20 61'],
    ['an empty file', 'empty', 'it is empty'],
    ['a single picture', 'one.png', 'single picture'],
  ])('refuses %s, saying what is there', async (_what, name, said) => {
    await write(folder, name, name === 'empty' ? '' : '# a heading\n');
    const found = await problemOf(referenceFor(join(folder, name)));
    expect(found.code).toBe('DATA_NOT_RECOGNISED');
    expect(found.message).toContain(said);
  });

  it('refuses a missing path, an empty folder and one with other files', async () => {
    expect((await problemOf(referenceFor(join(folder, 'nowhere')))).code).toBe('DATA_PATH_MISSING');
    await mkdir(join(folder, 'void'));
    expect((await problemOf(referenceFor(join(folder, 'void')))).message).toContain('is an empty folder');
    await write(join(folder, 'void'), 'readme.md', '#');
    expect((await problemOf(referenceFor(join(folder, 'void')))).message).toContain('it holds readme.md');
  });
});
