import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { listFolder, readDocumentFile, writeDocumentFile } from './document-files';

const failure = vi.hoisted(() => ({ code: '' }));
vi.mock('../../main/models/atomic-file', async (original) => {
  const actual = await original<typeof import('../../main/models/atomic-file')>();
  const writeAtomically: typeof actual.writeAtomically = (...args) =>
    failure.code === ''
      ? actual.writeAtomically(...args)
      : Promise.reject(Object.assign(new Error('no'), { code: failure.code }));
  return { ...actual, writeAtomically };
});

const limits = { documentBytes: 100, entries: 1_000 };
let folder: string;
const at = (...names: string[]) => join(folder, ...names);

beforeEach(async () => {
  failure.code = '';
  folder = await mkdtemp(join(tmpdir(), 'hourglass-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`Expected a Problem, got ${error}`);
  return error.problems[0].code;
}

it('removes what a killed process left while it was writing, and nothing else', async () => {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  // No process has such a number.
  const names = [
    `.hourglass-saving-${machine}-99999999-ab`,
    `.hourglass-saving-${machine}-${process.pid}-ab`,
    '.hidden',
  ];
  for (const name of names) await writeFile(at(name), 'half');
  await writeDocumentFile({ path: at('a.hourglass'), text: '{}', expectedHash: null });
  expect((await readdir(folder)).sort()).toEqual([...names.slice(1), 'a.hourglass'].sort());
});

describe('a folder', () => {
  it('is listed with folders first, by name and number, without what is hidden', async () => {
    await mkdir(at('zoo'));
    for (const name of ['b10.hourglass', 'b9.hourglass', 'A.txt', '.hidden'])
      await writeFile(at(name), 'text');
    const { path, parent, entries } = await listFolder(folder);
    expect(path).toBe(folder);
    expect(parent).toBe(tmpdir());
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder zoo',
      'file A.txt',
      'file b9.hourglass',
      'file b10.hourglass',
    ]);
    expect(entries[1]).toMatchObject({ size: 4, path: at('A.txt') });
  });

  it('survives links in circles, into nowhere and to itself', async () => {
    await symlink(at('b'), at('a'));
    await symlink(at('a'), at('b'));
    await symlink(at('gone'), at('nowhere'));
    await symlink(folder, at('self'));
    await writeFile(at('real.json'), '{}');
    await symlink(at('real.json'), at('link.json'));
    const { entries } = await listFolder(folder);
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder self',
      'file link.json',
      'file real.json',
    ]);
  });

  it('that is missing or a file is a Problem', async () => {
    await writeFile(at('file'), '');
    expect(await codeOf(listFolder(at('gone')))).toBe('FILE_MISSING');
    expect(await codeOf(listFolder(at('file')))).toBe('FILE_NOT_REGULAR');
    expect((await listFolder('/')).parent).toBeNull();
  });
});

describe('a drawing', () => {
  it('is written and read back, with the same hash', async () => {
    const path = at('one.hourglass');
    const text = '{"name":"Stundenglas ⏳ ′"}\n';
    const { hash } = await writeDocumentFile({ path, text, expectedHash: null });
    expect(await readDocumentFile(path)).toEqual({ path, text, hash });
    expect(await readdir(folder)).toEqual(['one.hourglass']);
  });

  it('that another changed is not written over, even with equal size and date', async () => {
    const path = at('one.hourglass');
    const { hash } = await writeDocumentFile({ path, text: 'aaaa', expectedHash: null });
    const { atime, mtime } = await stat(path);
    await writeFile(path, 'bbbb');
    await utimes(path, atime, mtime);
    expect(await codeOf(writeDocumentFile({ path, text: 'cccc', expectedHash: hash }))).toBe('FILE_CHANGED');
    expect(await readFile(path, 'utf8')).toBe('bbbb');
    const { hash: theirs } = await readDocumentFile(path);
    await writeDocumentFile({ path, text: 'dddd', expectedHash: theirs });
    expect(await readFile(path, 'utf8')).toBe('dddd');
    await rm(path);
    expect(await codeOf(writeDocumentFile({ path, text: 'e', expectedHash: theirs }))).toBe('FILE_CHANGED');
  });

  it('saved by two windows at once is never silently lost', async () => {
    const path = at('shared.hourglass');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 2, maxLength: 6 }), async (windows) => {
        const start = await writeDocumentFile({ path, text: 'start', expectedHash: null });
        const results = await Promise.allSettled(
          windows.map((window, index) =>
            writeDocumentFile({ path, text: `${window}-${index}`, expectedHash: start.hash }),
          ),
        );
        const kept = results.flatMap((result, index) =>
          result.status === 'fulfilled' ? [`${windows[index]}-${index}`] : [],
        );
        expect(kept).toEqual([await readFile(path, 'utf8')]);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps its link and its mode', async () => {
    await writeFile(at('real.hourglass'), 'old');
    await chmod(at('real.hourglass'), 0o640);
    await symlink(at('real.hourglass'), at('link.hourglass'));
    await writeDocumentFile({ path: at('link.hourglass'), text: 'new', expectedHash: null });
    expect(await readFile(at('real.hourglass'), 'utf8')).toBe('new');
    expect((await stat(at('real.hourglass'))).mode & 0o777).toBe(0o640);
  });

  it.each(['one.txt', 'one', '.bashrc', 'one.hourglass.sh', 'one.sh\0.json', '.hourglass'])(
    'is neither read nor written under another name: %s',
    async (name) => {
      const path = `${folder}/${name}`;
      expect(await codeOf(readDocumentFile(path))).toBe('FILE_NAME');
      expect(await codeOf(writeDocumentFile({ path, text: '', expectedHash: null }))).toBe('FILE_NAME');
    },
  );

  it('that is missing, a folder, too large or no text is a Problem', async () => {
    await mkdir(at('folder.json'));
    await writeFile(at('large.json'), 'x'.repeat(101));
    await writeFile(at('binary.json'), Buffer.from([0xff, 0xfe, 0x00]));
    expect(await codeOf(readDocumentFile(at('gone.json')))).toBe('FILE_MISSING');
    expect(await codeOf(readDocumentFile(at('folder.json')))).toBe('FILE_NOT_REGULAR');
    expect(await codeOf(readDocumentFile(at('large.json'), limits))).toBe('FILE_TOO_LARGE');
    expect(await codeOf(readDocumentFile(at('binary.json')))).toBe('FILE_NOT_TEXT');
    const long = { path: at('new.json'), text: '′'.repeat(34), expectedHash: null };
    expect(await codeOf(writeDocumentFile(long, limits))).toBe('FILE_TOO_LARGE');
    const lost = { path: at('gone', 'new.json'), text: '', expectedHash: null };
    expect(await codeOf(writeDocumentFile(lost))).toBe('FILE_MISSING');
  });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EROFS', 'FILE_PERMISSION'],
    ['EACCES', 'FILE_PERMISSION'],
    ['EIO', 'FILE_UNREADABLE'],
  ])('is as it was when writing fails with %s', async (code, expected) => {
    const path = at('one.hourglass');
    const { hash } = await writeDocumentFile({ path, text: 'old', expectedHash: null });
    failure.code = code;
    expect(await codeOf(writeDocumentFile({ path, text: 'new', expectedHash: hash }))).toBe(expected);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('in a read-only folder is a Problem', async () => {
    await chmod(folder, 0o555);
    const path = at('one.hourglass');
    // Root may write everywhere, so it steps down to `nobody` for the attempt.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(await codeOf(writeDocumentFile({ path, text: '', expectedHash: null }))).toBe('FILE_PERMISSION');
    } finally {
      if (isRoot) process.seteuid?.(0);
      await chmod(folder, 0o755);
    }
  });
});
