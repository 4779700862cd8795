import type { FileHandle } from 'node:fs/promises';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../data/test-files';
import { writeAtomically } from './atomic-file';
import { modelToSave } from './fixtures/model-to-save';
import { readModelFile } from './model-file-reader';
import { writeModelFile } from './model-file-writer';

const parent = await temporaryFolder();
let tests = 0;
let folder: string;
beforeEach(async () => {
  tests += 1;
  folder = join(parent, String(tests));
  await mkdir(folder);
});

/** A handle whose disk is full at the so-manieth write. @returns how many there were in all */
function fullAt(handle: FileHandle, point: number, count: { writes: number }): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (name !== 'write' || typeof own !== 'function') {
        return typeof own === 'function' ? own.bind(target) : own;
      }
      return (...args: unknown[]) => {
        count.writes += 1;
        if (count.writes === point) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return own.apply(target, args);
      };
    },
  });
}

it('leaves the file as it was, and nothing beside it, wherever the disk is full', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'before');
  const write = async (point: number) => {
    const count = { writes: 0 };
    await writeAtomically(path, async (handle) => {
      const disk = fullAt(handle, point, count);
      for (const part of ['a', 'b', 'c', 'd']) await disk.write(Buffer.from(part));
    });
    return count.writes;
  };
  for (let point = 1; point <= 4; point++) {
    await expect(write(point)).rejects.toThrow('full');
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['file']);
  }
  expect(await write(5)).toBe(4);
  expect(await readFile(path, 'utf8')).toBe('abcd');
});

it('leaves nothing behind where the name is taken by a folder', async () => {
  await mkdir(join(folder, 'file', 'within'), { recursive: true });
  await expect(writeAtomically(join(folder, 'file'), (handle) => handle.writeFile('x'))).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['file']);
});

it.skipIf(process.platform === 'win32')('lets a file be read by those who could before', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'before');
  await chmod(path, 0o640);
  await writeAtomically(path, (handle) => handle.writeFile('after'));
  expect((await stat(path)).mode & 0o777).toBe(0o640);
});

it('gives way to the next of two that write at once, each whole', async () => {
  const path = join(folder, 'model.hourglass');
  const named = (name: string) => ({ ...modelToSave(), document: { ...modelToSave().document, name } });
  await Promise.all(['one', 'two', 'three'].map((name) => writeModelFile(path, named(name))));
  expect(['one', 'two', 'three']).toContain((await readModelFile(path)).document.name);
  expect(await readdir(folder)).toEqual(['model.hourglass']);
});
