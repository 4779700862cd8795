import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecoveryDrafts } from './recovery-drafts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'hourglass-drafts-')), 'drafts');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const draft = (text: string, when = 1) => ({
  id: randomUUID(),
  text,
  when,
  file: { path: '/home/ada/mine.hourglass', hash: 'h' },
});

it('keeps the last of each window, newest window first, for another start', async () => {
  const drafts = new RecoveryDrafts({ folder });
  const [older, newer] = [draft('a', 1), draft('b', 2)];
  await drafts.keep(older);
  await drafts.keep(newer);
  await Promise.all(['c', 'd', 'e'].map((text) => drafts.keep({ ...older, text })));
  // As if this process had ended.
  const later = new RecoveryDrafts({ folder });
  expect(await later.list()).toEqual({ drafts: [newer, { ...older, text: 'e' }] });
  if (process.platform !== 'win32') {
    expect((await stat(join(folder, `${older.id}.draft.json`))).mode & 0o777).toBe(0o600);
  }
});

it('forgets in the order it was told, and what is not there', async () => {
  const drafts = new RecoveryDrafts({ folder });
  const one = draft('a');
  await drafts.forget(one.id);
  const turns = [drafts.keep(one), drafts.forget(one.id), drafts.keep({ ...one, text: 'b' })];
  await Promise.all(turns);
  expect((await drafts.list()).drafts.map(({ text }) => text)).toEqual(['b']);
  await drafts.forget(one.id);
  expect(await drafts.list()).toEqual({ drafts: [] });
  expect(await readdir(folder)).toEqual([]);
});

it('leaves the drafts of another app that still runs to that app', async () => {
  const one = draft('a');
  await new RecoveryDrafts({ folder }).keep(one);
  const file = join(folder, `${one.id}.draft.json`);
  await writeFile(file, JSON.stringify({ ...one, pid: process.ppid }));
  expect(await new RecoveryDrafts({ folder }).list()).toEqual({ drafts: [] });
  const afterItsEnd = new RecoveryDrafts({ folder, isAlive: () => false });
  expect(await afterItsEnd.list()).toEqual({ drafts: [one] });
});

it('leaves out what it can’t read, and leaves it where it is', async () => {
  const drafts = new RecoveryDrafts({ folder });
  const good = draft('a');
  await drafts.keep(good);
  await writeFile(join(folder, `${randomUUID()}.draft.json`), '{"text":');
  await writeFile(join(folder, 'notes.txt'), 'mine');
  expect(await drafts.list()).toEqual({ drafts: [good] });
  expect(await readdir(folder)).toHaveLength(3);
});

it('refuses a draft that is too long, and a folder that can’t be written, with a sentence', async () => {
  expect(() => new RecoveryDrafts({ folder, mostBytes: 3 }).keep(draft('four'))).toThrow(
    /drawings of at most/,
  );
  await writeFile(folder, 'a file stands where the folder should be');
  await expect(new RecoveryDrafts({ folder }).keep(draft('a'))).rejects.toThrow(/Expected|write|folder/i);
});
