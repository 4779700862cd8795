import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecentFiles } from './recent-files';

let folder: string;
let list: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-recent-'));
  list = join(folder, 'app', 'recent.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function drawing(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '{}');
  return path;
}

it('has the last ten, the newest first, each once, for another start too', async () => {
  const recent = new RecentFiles(list);
  const paths = await Promise.all(Array.from({ length: 12 }, (_, i) => drawing(`${i}.hourglass`)));
  await Promise.all([...paths, paths[5] ?? ''].map((path) => recent.note(path)));
  const expected = [5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map((i) => paths[i]);
  expect(await recent.list()).toEqual(expected);
  expect(await new RecentFiles(list).list()).toEqual(expected);
});

it('leaves out drawings that are gone, and the app’s own', async () => {
  const noted: string[] = [];
  const recent = new RecentFiles(list, {
    isOwn: (path) => path.endsWith('example.hourglass'),
    onNote: (path) => noted.push(path),
  });
  const [kept, gone, own] = [
    await drawing('a.hourglass'),
    await drawing('b.hourglass'),
    await drawing('example.hourglass'),
  ];
  for (const path of [kept, gone, own]) await recent.note(path);
  await rm(gone);
  expect(await recent.list()).toEqual([kept]);
  expect(noted).toEqual([kept, gone]);
});

it('begins anew where its file holds something else, and refuses nothing where it can’t be written', async () => {
  const path = await drawing('a.hourglass');
  const broken = join(folder, 'broken.json');
  await writeFile(broken, '{"files": 3');
  const recent = new RecentFiles(broken);
  expect(await recent.list()).toEqual([]);
  await recent.note(path);
  expect(await recent.list()).toEqual([path]);
  await writeFile(join(folder, 'file'), '');
  const unwritable = new RecentFiles(join(folder, 'file', 'recent.json'));
  await unwritable.note(path);
  expect(await unwritable.list()).toEqual([]);
});
