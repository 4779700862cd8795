import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from '../../main/models/atomic-file';
import { modelToSave } from '../../main/models/fixtures/model-to-save';
import { writeModelFile } from '../../main/models/model-file-writer';
import { isModelFile, modelStamp } from '../../main/models/model-stamp';
import { ProblemError } from '../../shared/errors/problem';
import { replaceFile, writeDocumentFile } from './document-files';
import { FileBackups } from './file-backups';

let folder: string;
let backups: FileBackups;
const at = (name: string) => join(folder, name);
const keep = (file: string) => backups.keep(file);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-backups-'));
  backups = new FileBackups({
    folder: at('kept'),
    rule: { perFile: 3, drawingBytes: 1000, modelBytes: 4000 },
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let clock = 1_000_000_000;
/** Saves a text; files of one moment and size would count as one. */
async function save(name: string, text: string): Promise<void> {
  await writeDocumentFile({ path: at(name), text, expectedHash: null }, undefined, keep);
  clock += 1;
  await utimes(at(name), clock, clock);
}

const numbers = async (name: string) =>
  (await backups.list()).backups.filter(({ path }) => path === at(name)).map(({ number }) => number);
const restore = (id: string) =>
  backups.restore(id, (path, write) =>
    replaceFile(path, { expectedHash: null, keep }, async (target) => {
      await write(target);
      return '';
    }),
  );

it('keeps what a file held before each save, the newest few of each file, numbered', async () => {
  for (const text of ['one', 'two', 'three', 'four', 'five']) await save('a.hourglass', text);
  await save('b.hourglass', 'b, once');
  await save('b.hourglass', 'b, twice');
  expect(await numbers('a.hourglass')).toEqual([4, 3, 2]);
  expect(await numbers('b.hourglass')).toEqual([1]);
  const { backups: listed, rule } = await backups.list();
  expect(rule).toEqual({ perFile: 3, drawingBytes: 1000, modelBytes: 4000 });
  expect(listed.every(({ weights, bytes }) => !weights && bytes > 0)).toBe(true);
  // What was there is untouched by what came after, though saving it cost no copy.
  const [own] = (await readdir(at('kept'))).sort();
  const files = await readdir(join(at('kept'), own!));
  const texts = await Promise.all(files.map((file) => readFile(join(at('kept'), own!, file), 'utf8')));
  expect(texts.some((text) => text === 'five' || text === 'b, twice')).toBe(false);
});

it('puts one back, and keeps what the file held', async () => {
  for (const text of ['one', 'two', 'three']) await save('a.hourglass', text);
  const first = (await backups.list()).backups.find(({ number }) => number === 1)!;
  expect(await restore(first.id)).toEqual({ path: at('a.hourglass') });
  expect(await readFile(at('a.hourglass'), 'utf8')).toBe('one');
  const held = (await backups.list()).backups[0]!;
  expect(held.number).toBe(3);
  await restore(held.id);
  expect(await readFile(at('a.hourglass'), 'utf8')).toBe('three');
  const gone = await restore('nothing').catch((error: unknown) => error);
  expect(gone).toBeInstanceOf(ProblemError);
});

it('puts back one that its own restoring pushes out, and a file that is gone', async () => {
  for (const text of ['1', '2', '3', '4']) await save('a.hourglass', text);
  const oldest = (await backups.list()).backups.at(-1)!;
  await restore(oldest.id);
  expect(await readFile(at('a.hourglass'), 'utf8')).toBe('1');
  await rm(at('a.hourglass'));
  await restore((await backups.list()).backups[0]!.id);
  expect(await readFile(at('a.hourglass'), 'utf8')).toBe('4');
});

/** Saves a file that passes for one with weights: what it is told by is its beginning. */
async function saveModel(name: string, bytes: number): Promise<void> {
  const content = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(bytes - 4, clock % 251)]);
  await replaceFile(at(name), { expectedHash: null, keep }, async (target) => {
    await writeWhole(target, content);
    return '';
  });
  clock += 1;
  await utimes(at(name), clock, clock);
}

it('lets the oldest of drawings go beyond so many bytes, the newest of each last', async () => {
  await save('b.hourglass', 'c'.repeat(400));
  await save('b.hourglass', 'small');
  for (const letter of ['a', 'b', 'c', 'd', 'e']) await save('a.hourglass', letter.repeat(400));
  expect(await numbers('a.hourglass')).toEqual([4]);
  expect(await numbers('b.hourglass')).toEqual([1]);
  await save('a.hourglass', 'e'.repeat(2000));
  for (const text of ['f', 'g']) await save('a.hourglass', text);
  // One that is larger than all may be is kept beside the others.
  expect(await numbers('a.hourglass')).toEqual([7, 6, 5]);
  expect(await numbers('b.hourglass')).toEqual([1]);
});

it('takes no drawing its backups for models, and no model for another', async () => {
  for (const text of ['one', 'two', 'three']) await save('a.hourglass', text);
  await saveModel('small.hourglass', 100);
  await saveModel('small.hourglass', 100);
  for (let count = 0; count < 5; count++) await saveModel('big.hourglass', 1900);
  expect(await numbers('big.hourglass')).toEqual([4, 3]);
  expect(await numbers('small.hourglass')).toEqual([1]);
  expect(await numbers('a.hourglass')).toEqual([2, 1]);
});

it('keeps one backup of what is larger than all may be', async () => {
  await saveModel('small.hourglass', 100);
  await saveModel('small.hourglass', 100);
  for (let count = 0; count < 3; count++) await saveModel('huge.hourglass', 9000);
  expect(await numbers('huge.hourglass')).toEqual([2]);
  expect(await numbers('small.hourglass')).toEqual([1]);
  const [huge] = (await backups.list()).backups.filter(({ bytes }) => bytes === 9000);
  await restore(huge!.id);
  expect((await stat(at('huge.hourglass'))).size).toBe(9000);
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('keeps files that carry weights, whole', async () => {
  backups = new FileBackups({ folder: at('kept') });
  const path = at('model.hourglass');
  const stamp = await writeModelFile(path, modelToSave());
  const write = async () => {
    await replaceFile(path, { expectedHash: stamp, keep }, (target) =>
      writeModelFile(target, { ...modelToSave(), state: null }),
    );
  };
  await write();
  const [backup] = (await backups.list()).backups;
  expect(backup).toMatchObject({ path, number: 1, weights: true });
  // The file is another by now: what was expected is no longer there.
  await expect(write()).rejects.toThrow(/was changed by another window/);
  await restore(backup!.id);
  expect(await modelStamp(path)).toBe(stamp);
  expect(await isModelFile(path)).toBe(true);
});

it('lets a file be saved where no backup can be made', async () => {
  await writeFile(at('kept'), 'no folder');
  await save('a.hourglass', 'one');
  await save('a.hourglass', 'two');
  expect(await readFile(at('a.hourglass'), 'utf8')).toBe('two');
  expect((await stat(at('kept'))).isFile()).toBe(true);
  expect((await backups.list()).backups).toEqual([]);
});
