import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { temporaryFolder } from '../data/test-files';
import { type ArchiveLimits, CheckedArchive } from './checked-archive';
import { type RawEntry, rawZip } from './fixtures/raw-zip';

const folder = await temporaryFolder();
const text = (said: string) => new TextEncoder().encode(said);
const fine: RawEntry = { name: 'fine.txt', bytes: text('fine') };

let files = 0;
/** What is wrong with these bytes as an archive, with all of it read; null where nothing is. */
async function problemOf(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<string | null> {
  files += 1;
  const path = `${folder}/${files}.zip`;
  await writeFile(path, bytes);
  try {
    const archive = await CheckedArchive.open(path, limits);
    try {
      for (const name of archive.names) for await (const _ of archive.read(name));
    } finally {
      await archive.close();
    }
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems[0].code;
  } finally {
    // Nothing is ever changed by being looked at.
    const before = createHash('sha256').update(bytes).digest('hex');
    expect(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ).toBe(before);
  }
}

describe('an archive', () => {
  it('gives out what is in it, packed or not', async () => {
    const long = new Uint8Array(3_000_000).map((_, at) => at % 251);
    const path = `${folder}/good.zip`;
    await writeFile(
      path,
      rawZip([fine, { name: 'sub/..ok.txt', bytes: long, packed: true }, { name: 'l', bytes: long }]),
    );
    const archive = await CheckedArchive.open(path);
    expect(archive.names).toEqual(['fine.txt', 'sub/..ok.txt', 'l']);
    expect(archive.sizeOf('l')).toBe(3_000_000);
    for (const name of ['sub/..ok.txt', 'l']) {
      expect(Buffer.from(await archive.readWhole(name, 4e6)).equals(long)).toBe(true);
    }
    await expect(archive.readWhole('l', 10)).rejects.toThrow(/3,000,000 bytes in “l”/);
    await expect(archive.readWhole('none', 10)).rejects.toThrow(/holds no “none”/);
    await archive.close();
  });

  it.each([
    ['../out.txt'],
    ['a/../../out.txt'],
    ['..\\out.txt'],
    ['/etc/out.txt'],
    ['\\out.txt'],
    ['C:\\out.txt'],
    ['C:out.txt'],
    ['\\\\server\\share\\out.txt'],
    ['//server/share/out.txt'],
    ['a/..'],
    ['..'],
    ['a/.. /out.txt'],
    ['a/./out.txt'],
    ['a//out.txt'],
    ['out.txt\0.png'],
    ['line\nbreak'],
    [''],
  ])('with an entry named %j is refused', async (name) => {
    expect(await problemOf(rawZip([fine, { name, bytes: text('x') }]))).toBe('ARCHIVE_UNSAFE');
  });

  it.each(['..ok.txt', 'a..b', 'a/..b/c', '...a', 'ordinary/file.json', 'folder/', 'ümläut ′.txt'])(
    'with an entry named %j is not',
    async (name) => {
      expect(await problemOf(rawZip([fine, { name, bytes: text('x') }]))).toBeNull();
    },
  );

  const evil = (says: RawEntry['says'], packed = false): RawEntry => ({
    name: 'evil',
    bytes: new Uint8Array(1000).fill(7),
    packed,
    ...(says && { says }),
  });
  it.each<[string, RawEntry[], string]>([
    ['the same name twice', [fine, fine], 'ARCHIVE_UNSAFE'],
    ['a name that is no UTF-8', [{ ...fine, name: Uint8Array.of(0xff, 0x41) }], 'ARCHIVE_UNSAFE'],
    ['a name of 5,000 bytes', [{ ...fine, name: 'a'.repeat(5000) }], 'ARCHIVE_UNSAFE'],
    ['a link', [evil({ attributes: (0o120777 << 16) >>> 0 })], 'ARCHIVE_UNSAFE'],
    ['an encrypted entry', [evil({ flags: 0x801, packedSize: 1012 })], 'ARCHIVE_UNSAFE'],
    ['a packing that is not known', [evil({ method: 12 })], 'ARCHIVE_UNSAFE'],
    ['two entries in one place', [fine, evil({ offset: 0 })], 'ARCHIVE_UNSAFE'],
    ['an entry within another', [evil(undefined), { ...fine, says: { offset: 10 } }], 'ARCHIVE_DAMAGED'],
    ['an entry longer than it says', [evil({ size: 10 }, true)], 'ARCHIVE_DAMAGED'],
    ['an entry shorter than it says', [evil({ size: 5000 }, true)], 'ARCHIVE_DAMAGED'],
    ['a stored entry of two sizes', [evil({ size: 10 })], 'ARCHIVE_DAMAGED'],
    ['an entry that leads past the end', [evil({ packedSize: 1e6, size: 1e6 })], 'ARCHIVE_DAMAGED'],
    ['an entry that lies nowhere', [evil({ offset: 4e9 })], 'ARCHIVE_DAMAGED'],
  ])('with %s is refused', async (_, entries, code) => {
    expect(await problemOf(rawZip(entries))).toBe(code);
  });

  it('that would fill memory is refused before it is unpacked', async () => {
    // 1,029 to 1, what deflate can do at the most.
    const bomb: RawEntry = { name: 'bomb', bytes: new Uint8Array(8 * 1024 ** 2), packed: true };
    expect(await problemOf(rawZip([bomb]))).toBeNull();
    expect(await problemOf(rawZip([bomb]), { freeBytes: 1024 })).toBe('ARCHIVE_UNSAFE');
    expect(await problemOf(rawZip([bomb]), { bytes: 1024 ** 2 })).toBe('ARCHIVE_TOO_LARGE');
    // A false size does not help: reading stops at what was declared.
    const lying = { ...bomb, says: { size: 1000 } };
    expect(await problemOf(rawZip([lying]), { freeBytes: 1024 })).toBe('ARCHIVE_DAMAGED');
    const nested = { name: 'inner.zip', bytes: rawZip([bomb]) };
    expect(await problemOf(rawZip([nested]))).toBeNull();
  });

  it('with too many entries is refused, also where it only says so', async () => {
    const many = Array.from({ length: 21 }, (_, at) => ({ name: `e${at}`, bytes: text('x') }));
    expect(await problemOf(rawZip(many), { entries: 20 })).toBe('ARCHIVE_TOO_LARGE');
    expect(await problemOf(rawZip([fine], { count: 65_000 }), { entries: 20 })).toBe('ARCHIVE_TOO_LARGE');
    expect(await problemOf(rawZip([fine], { count: 2 }))).toBe('ARCHIVE_DAMAGED');
  });

  it('cut off anywhere, or of anything else, is refused', async () => {
    const whole = rawZip([fine, { name: 'b', bytes: text('b'.repeat(300)), packed: true }]);
    for (let length = 0; length < whole.length; length++) {
      expect(await problemOf(whole.slice(0, length))).toBe('ARCHIVE_DAMAGED');
    }
    expect(await problemOf(text('{"format": "hourglass"}'))).toBe('ARCHIVE_DAMAGED');
  });

  it('says what is wrong with its path, and no control character of a name', async () => {
    const path = `${folder}/spoken.zip`;
    await writeFile(path, rawZip([{ name: '\x1b[2J', bytes: text('x') }]));
    const error = await CheckedArchive.open(path).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(path);
    expect(String(error)).not.toContain('\x1b');
    await expect(CheckedArchive.open(`${folder}/none.zip`)).rejects.toThrow(/there is none/);
  });
});
